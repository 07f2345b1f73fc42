/**
 * Seals bytes and values with AES-256-GCM, so that they can neither be read nor altered nor put in another place.
 *
 * `place` is authenticated but not stored: what the bytes are and whose, such as 'clients/<studio>/<id>'. Sealed bytes
 * moved to another row, column or object do not open. Layout: version 1, nonce (12 random bytes), tag (16), ciphertext.
 * `open` checks the tag over everything before it returns a byte.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Thrown when sealed bytes do not open: altered, of another place, or of another key. */
export class SealBroken extends Error {
  constructor(place: string) {
    super(`sealed bytes of ${place} do not open: they were altered, moved, or belong to another key`);
    this.name = 'SealBroken';
  }
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

export function seal(key: Uint8Array, place: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  const text = [cipher.update(plain), cipher.final()];
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), ...text]);
}

/** @throws SealBroken */
export function open(key: Uint8Array, place: string, sealed: Uint8Array): Buffer {
  if (sealed.length < HEADER_BYTES || sealed[0] !== VERSION) throw new SealBroken(place);
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place)).setAuthTag(tag);
  const plain = decipher.update(sealed.subarray(HEADER_BYTES));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    throw new SealBroken(place);
  }
}

export const sealJson = (key: Uint8Array, place: string, value: unknown): Buffer =>
  seal(key, place, Buffer.from(JSON.stringify(value)));

/** The value as it was sealed; parse it with its schema. @throws SealBroken */
export const openJson = (key: Uint8Array, place: string, sealed: Uint8Array): unknown =>
  JSON.parse(open(key, place, sealed).toString());
