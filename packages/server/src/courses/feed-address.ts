/**
 * The secret address of a calendar: studio, feed and 32 random bytes in one word, ending in .ics for programs that look
 * at it. The database keeps a hash of the secret; whoever has the address has the calendar, and nothing else.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
const SECRET_BYTES = 32;
const FORM = /^([A-Za-z0-9_-]{86})(?:\.ics)?$/;

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const hashOf = (secret: Buffer): Buffer => createHash('sha256').update(secret).digest();

export function makeFeedAddress(studioId: string, feedId: string): { readonly address: string; readonly hash: Buffer } {
  const secret = randomBytes(SECRET_BYTES);
  const word = Buffer.concat([bytesOf(studioId), bytesOf(feedId), secret]).toString('base64url');
  return { address: `${word}.ics`, hash: hashOf(secret) };
}

export interface FeedAddress {
  readonly studioId: string;
  readonly feedId: string;
  readonly secret: Buffer;
}

export function readFeedAddress(address: string): FeedAddress | null {
  const word = FORM.exec(address)?.[1];
  if (!word) return null;
  const bytes = Buffer.from(word, 'base64url');
  return {
    studioId: idOf(bytes.subarray(0, ID_BYTES)),
    feedId: idOf(bytes.subarray(ID_BYTES, 2 * ID_BYTES)),
    secret: bytes.subarray(2 * ID_BYTES),
  };
}

export const opens = (secret: Buffer, hash: Buffer): boolean => timingSafeEqual(hashOf(secret), hash);
