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

export function newId({ now, randomBytes }: IdSources): string {
  const bytes = Buffer.from(randomBytes(16));
  bytes.writeUIntBE(now().getTime(), 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
