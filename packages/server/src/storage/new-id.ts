/**
 * Ids of rows: UUID version 7 (RFC 9562), so that those made later sort later and indexes grow at one end.
 *
 * 48 bits of milliseconds, then 74 random bits. Two ids of one millisecond are in no order.
 */
export interface IdSources {
  readonly now: () => Date;
  /** @returns that many unpredictable bytes */
  readonly randomBytes: (count: number) => Uint8Array;
}

const BYTES = 16;
const DRAWN_AT_ONCE = 256;
const drawn = new WeakMap<IdSources['randomBytes'], { readonly bytes: Buffer; at: number }>();

/** Sixteen random bytes, of many drawn at once: asking for some costs more than having them. */
function draw(randomBytes: IdSources['randomBytes']): Buffer {
  let pool = drawn.get(randomBytes);
  if (!pool || pool.at === pool.bytes.length) {
    pool = { bytes: Buffer.from(randomBytes(BYTES * DRAWN_AT_ONCE)), at: 0 };
    drawn.set(randomBytes, pool);
  }
  pool.at += BYTES;
  return pool.bytes.subarray(pool.at - BYTES, pool.at);
}

export function newId({ now, randomBytes }: IdSources): string {
  const bytes = draw(randomBytes);
  bytes.writeUIntBE(now().getTime(), 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
