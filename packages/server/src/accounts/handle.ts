/**
 * A secret that opens one row: the value of a cookie, of a link that works once, of a token for programs.
 *
 * Studio and row stand in it in the clear, so that the row is found under row-level security; the row keeps a hash of
 * the secret. 256 random bits need no slow hash.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Handle {
  readonly studioId: string;
  readonly id: string;
  readonly secret: Buffer;
}

const ID_BYTES = 16;
const SECRET_BYTES = 32;

export const newHandle = (studioId: string, id: string): Handle => ({
  studioId,
  id,
  secret: randomBytes(SECRET_BYTES),
});

/** 86 characters that go into a URL as they are. */
export function writeHandle({ studioId, id, secret }: Handle): string {
  return Buffer.concat([bytesOf(studioId), bytesOf(id), secret]).toString('base64url');
}

/** Null for anything that `writeHandle` did not write. */
export function readHandle(text: string | null): Handle | null {
  if (text === null || !/^[\w-]{86}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 2 * ID_BYTES + SECRET_BYTES) return null;
  return {
    studioId: uuidOf(bytes.subarray(0, ID_BYTES)),
    id: uuidOf(bytes.subarray(ID_BYTES, 2 * ID_BYTES)),
    secret: bytes.subarray(2 * ID_BYTES),
  };
}

export const hashOf = (secret: Uint8Array): Buffer => createHash('sha256').update(secret).digest();

export const isSecretOf = (hash: Buffer, secret: Uint8Array): boolean => timingSafeEqual(hash, hashOf(secret));

export const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

export function uuidOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
