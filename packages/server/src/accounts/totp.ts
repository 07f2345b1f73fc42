/**
 * Codes of an authenticator app (RFC 6238): six digits, 30 s, one step of tolerance either way. Each code works once,
 * and so does each recovery code, of which a hash is kept.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { open, seal } from '../storage/keys/seal.ts';
import { sealedPlaces } from '../storage/sealed-places.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tables } from '../storage/tables.ts';
import { studioKey } from './people.ts';

const STEP_S = 30;
const RECOVERY_CODES = 10;

interface AccountPlace {
  readonly studioId: string;
  readonly id: string;
}

const placeOf = ({ studioId, id }: AccountPlace): string => sealedPlaces.totp(studioId, id);
const totpOf = (secret: Uint8Array, label = ''): TOTP =>
  new TOTP({ issuer: 'Stipple', label, secret: new Secret({ buffer: new Uint8Array(secret).buffer }), period: STEP_S });

export interface NewTotp {
  readonly sealed: Buffer;
  readonly uri: string;
  /** For typing in, where no picture can be scanned. */
  readonly secret: string;
}

export async function newTotp(
  tx: Transaction<Tables>,
  storage: Storage,
  account: AccountPlace,
  label: string,
): Promise<NewTotp> {
  const secret = randomBytes(20);
  const totp = totpOf(secret, label);
  const sealed = seal((await studioKey(tx, storage, account.studioId)).bytes, placeOf(account), secret);
  return { sealed, uri: totp.toString(), secret: totp.secret.base32 };
}

/** Takes a code, if it is right and was not taken before. */
export async function takeTotp(
  tx: Transaction<Tables>,
  storage: Storage,
  account: AccountPlace & { readonly totpSealed: Buffer | null },
  code: string,
  now: Date,
): Promise<boolean> {
  if (!account.totpSealed || !/^\d{6}$/.test(code)) return false;
  const secret = open((await studioKey(tx, storage, account.studioId)).bytes, placeOf(account), account.totpSealed);
  const off = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  if (off === null) return false;
  const step = Math.floor(now.getTime() / 1000 / STEP_S) + off;
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ totpLastStep: step })
    .where('studioId', '=', account.studioId)
    .where('id', '=', account.id)
    .where((by) => by.or([by('totpLastStep', 'is', null), by('totpLastStep', '<', step)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

const recoveryHash = ({ studioId, id }: AccountPlace, code: string): Buffer =>
  createHash('sha256')
    .update(`${studioId}/${id}/${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
    .digest();

/** New recovery codes in place of the old ones, as 'k3vq-m7xt-9bdn'. */
export async function newRecoveryCodes(tx: Transaction<Tables>, account: AccountPlace): Promise<string[]> {
  const { studioId, id: accountId } = account;
  // Without the letters and digits that are mistaken for one another: 31^12 is 59 bits.
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    const picked = Array.from({ length: 12 }, () => letters[randomIndex(letters.length)]).join('');
    return picked.replace(/(.{4})(.{4})(.{4})/, '$1-$2-$3');
  });
  await tx.deleteFrom('recoveryCodes').where('studioId', '=', studioId).where('accountId', '=', accountId).execute();
  await tx
    .insertInto('recoveryCodes')
    .values(codes.map((code) => ({ studioId, accountId, codeHash: recoveryHash(account, code) })))
    .execute();
  return codes;
}

export async function takeRecoveryCode(
  tx: Transaction<Tables>,
  account: AccountPlace,
  code: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('recoveryCodes')
    .set({ usedAt: now })
    .where('studioId', '=', account.studioId)
    .where('accountId', '=', account.id)
    .where('codeHash', '=', recoveryHash(account, code))
    .where('usedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Every index as likely: bytes past the last whole multiple are thrown away. */
function randomIndex(below: number): number {
  for (;;) {
    const byte = randomBytes(1)[0]!;
    if (byte < 256 - (256 % below)) return byte % below;
  }
}
