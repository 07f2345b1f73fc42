/**
 * Passwords: argon2id with the parameters that OWASP names (19 MiB, two passes), and a check for the weak ones that
 * needs no internet and no list of leaked ones: long enough, and of its own once guessable words are taken out.
 *
 * A password that does not exist takes as long to check as one that does.
 */
import { hash, verify } from '@node-rs/argon2';
import { refused } from '../request/refused.ts';
import { GUESSABLE_WORDS } from './guessable-words.ts';

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
/** Rows of the keyboard, of digits and of one character, years, and the words. Longer words first: 'password' before 'pass'. */
const SHAPES = String.raw`qwert[yz]\w*|asdf\w*|zxcv\w*|yxcv\w*|1q2w3e\w*|(?:19|20)\d\d|0?123\d*|987\d*|abc\w{0,6}|(.)\1{2,}`;
const GUESSABLE = new RegExp(`${GUESSABLE_WORDS.toSorted((a, b) => b.length - a.length).join('|')}|${SHAPES}`, 'g');
/** Letters that digits and signs commonly stand for. */
const LETTERS: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', $: 's', '@': 'a' };

/** @param about what a guesser knows of the person: name, address, studio. @throws 'password-weak' */
export function assertStrong(password: string, about: readonly string[]): void {
  const plain = password.normalize('NFKC').toLowerCase();
  const known = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2);
  const spelled = plain.replace(/[013457$@]/g, (sign) => LETTERS[sign]!);
  const own = Math.min(...[plain, spelled].map((text) => ownLength(text, known)));
  if (plain.length < LEAST_LENGTH || new Set(plain).size < 6 || own < LEAST_OWN) throw refused('password-weak');
}

/** How much is left once everything guessable is taken out. */
function ownLength(text: string, known: readonly string[]): number {
  const words = known.toSorted((a, b) => b.length - a.length);
  const left = words.reduce((of, word) => of.replaceAll(word, ''), text);
  return left.replace(GUESSABLE, '').replace(/[^\p{L}\p{N}]/gu, '').length;
}
