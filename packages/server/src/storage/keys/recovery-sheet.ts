/**
 * The master key on paper: four lines of three groups of five, to be typed in again when the key file is lost.
 *
 *   1  7ZK4Q 0M2XR 9TBVA
 *
 * 32 bytes, 8 on a line: 13 characters of Crockford's base 32 (no I, L, O, U; read as 1, 1, 0 and refused) and two
 * that check the line and its number, so that a slip is found and named by line (1 in 1024 escapes; the key's
 * fingerprint catches those). The key file holds the same text.
 */
import { createHash } from 'node:crypto';
import { StorageTrouble } from '../storage-trouble.ts';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LINES = 4;
const BYTES_A_LINE = 8;
const DATA_DIGITS = 13;
const CHECK_DIGITS = 2;
export const MASTER_KEY_BYTES = LINES * BYTES_A_LINE;

/** Eight characters that tell keys apart and say nothing about them. */
export const fingerprintOf = (key: Uint8Array): string =>
  createHash('sha256').update('stipple key fingerprint').update(key).digest('hex').slice(0, 8);

/** The lines alone. */
export function writeKeyLines(key: Uint8Array): string {
  if (key.length !== MASTER_KEY_BYTES) throw new RangeError(`a master key has ${MASTER_KEY_BYTES} bytes`);
  return Array.from({ length: LINES }, (_, line) => {
    const bytes = key.subarray(line * BYTES_A_LINE, (line + 1) * BYTES_A_LINE);
    const digits = encode(bytes) + checkOf(line, bytes);
    return `${line + 1}  ${digits.replace(/^(.{5})(.{5})(.{5})$/, '$1 $2 $3')}\n`;
  }).join('');
}

/** What the owner prints and keeps away from the computer. */
export const writeRecoverySheet = (key: Uint8Array, madeOn: string): string =>
  `STIPPLE RECOVERY SHEET, made on ${madeOn}

Without this key nobody can read the clients' records and photos: not you,
not from a backup. Print it, keep it away from this computer, show it to no one.

${writeKeyLines(key)}
Fingerprint of the key: ${fingerprintOf(key)}

To use it: npx stipple recover-key, and type the four lines.
`;

/**
 * Reads the four lines out of a text, with or without the rest of the sheet.
 * @throws StorageTrouble naming the line that has a slip
 */
export function readRecoverySheet(text: string): Buffer {
  const key = Buffer.alloc(MASTER_KEY_BYTES);
  for (let line = 0; line < LINES; line++) {
    const found = new RegExp(`^\\s*${line + 1}[\\s.:)]+([0-9A-Za-z](?:[\\s-]*[0-9A-Za-z]){14})\\s*$`, 'm').exec(text);
    if (!found?.[1])
      throw new StorageTrouble(
        `line ${line + 1} of the recovery sheet is missing; it has three groups of five characters.`,
      );
    const digits = tidy(found[1]);
    const bytes = decode(digits.slice(0, DATA_DIGITS));
    if (!bytes || checkOf(line, bytes) !== digits.slice(DATA_DIGITS))
      throw new StorageTrouble(
        `line ${line + 1} of the recovery sheet has a slip of the pen; compare it with the paper.`,
      );
    bytes.copy(key, line * BYTES_A_LINE);
  }
  const fingerprint = /Fingerprint[^:]*:\s*([0-9a-f]{8})\b/i.exec(text)?.[1];
  if (fingerprint && fingerprint.toLowerCase() !== fingerprintOf(key))
    throw new StorageTrouble('the four lines and the fingerprint of the recovery sheet do not belong together.');
  return key;
}

const tidy = (digits: string): string =>
  digits.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');

function encode(bytes: Uint8Array): string {
  let value = Buffer.from(bytes).readBigUInt64BE();
  let digits = '';
  for (let n = 0; n < DATA_DIGITS; n++, value >>= 5n) digits = DIGITS[Number(value & 31n)] + digits;
  return digits;
}

/** Null when a character is none of the digits, or the number is beyond 64 bits. */
function decode(digits: string): Buffer | null {
  let value = 0n;
  for (const digit of digits) {
    const worth = DIGITS.indexOf(digit);
    if (worth < 0) return null;
    value = value * 32n + BigInt(worth);
  }
  if (value >= 1n << 64n) return null;
  const bytes = Buffer.alloc(BYTES_A_LINE);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

function checkOf(line: number, bytes: Uint8Array): string {
  const hash = createHash('sha256').update(Buffer.of(line)).update(bytes).digest().readUInt16BE();
  return Array.from({ length: CHECK_DIGITS }, (_, n) => DIGITS[(hash >> (5 * n)) & 31]).join('');
}
