/**
 * Passwords: argon2id with the parameters that OWASP names (19 MiB, two passes), and a check for the weak ones that
 * needs no internet.
 *
 * A password that does not exist takes as long to check as one that does.
 */
import { hash, verify } from '@node-rs/argon2';
import { refused } from '../request/refused.ts';

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Of nothing that anybody can type. */
let nobodysHash: Promise<string> | null = null;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST);

/** @param known null when there is no such account, or it has no password yet */
export async function isPasswordOf(known: string | null, password: string): Promise<boolean> {
  const isRight = await verify(known ?? (await (nobodysHash ??= hash('\0nobody', COST))), password.normalize('NFKC'));
  return isRight && known !== null;
}

const LEAST_LENGTH = 12;
/** What is left after everything guessable is taken out must be at least this long. */
const LEAST_OWN = 6;
/** Words that long passwords of leaked lists are made of. */
const GUESSABLE =
  /passwor[dt]|passwd|pass|qwert[yz]\w*|asdf\w*|zxcv\w*|yxcv\w*|1q2w3e\w*|letmein|welcome|willkommen|iloveyou|admin(istrator)?|master|login|monkey|dragon|football|baseball|superman|princess|sunshine|trustno1|changeme|secret|stipple|studio|scalp|pigment|smp|hair|(19|20)\d\d|0?123\d*|987\d*|abc\w{0,6}|(.)\3{2,}/g;

/** @param about what a guesser knows of the person: name, address, studio. @throws 'password-weak' */
export function assertStrong(password: string, about: readonly string[]): void {
  const plain = password.normalize('NFKC').toLowerCase();
  const known = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  let own = plain;
  for (const word of known.toSorted((a, b) => b.length - a.length)) own = own.replaceAll(word, '');
  own = own.replace(GUESSABLE, '').replace(/[^\p{L}\p{N}]/gu, '');
  if (plain.length < LEAST_LENGTH || new Set(plain).size < 6 || own.length < LEAST_OWN) throw refused('password-weak');
}
