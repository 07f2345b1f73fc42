/** Damages files as disks, networks and enemies do. Test code only. */
import type { Generator } from '@stipple/core/random/generator.ts';
import { crc32 } from '../crc32.ts';
import { joined } from './photo-bytes.ts';

/** Sizes that programs trip over. */
const EXTREMES = [0, 1, 2, 7, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];

/** One to four faults, of another file's bytes as well. */
export function damaged(file: Uint8Array, other: Uint8Array, random: Generator): Uint8Array<ArrayBuffer> {
  let bytes = Uint8Array.from(file);
  for (let faults = 1 + Math.floor(4 * random() * random()); faults > 0 && bytes.length > 0; faults--) {
    const fault = FAULTS[Math.floor(random() * FAULTS.length)]!;
    bytes = fault(bytes, other, random);
  }
  return bytes;
}

/** A damaged PNG whose chunks, as far as they can be told, have right checksums again: so that it is looked at closely. */
export function withChecksums(png: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(png.buffer);
  for (let at = 8; at + 12 <= png.length;) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > png.length) break;
    view.setUint32(end, crc32(png, at + 4, end));
    at = end + 4;
  }
  return png;
}

type Fault = (bytes: Uint8Array<ArrayBuffer>, other: Uint8Array, random: Generator) => Uint8Array<ArrayBuffer>;

const below = (random: Generator, most: number): number => Math.floor(random() * most);

/** Headers are short and matter most: half of all faults are there. */
const place = (bytes: Uint8Array, random: Generator): number =>
  below(random, random() < 0.5 ? Math.min(bytes.length, 1000) : bytes.length);

const FAULTS: readonly Fault[] = [
  function flipBit(bytes, _, random) {
    bytes[place(bytes, random)]! ^= 1 << below(random, 8);
    return bytes;
  },
  function setByte(bytes, _, random) {
    bytes[place(bytes, random)] = below(random, 256);
    return bytes;
  },
  function lieAboutSize(bytes, _, random) {
    const at = place(bytes, random);
    if (at + 4 > bytes.length) return bytes;
    const view = new DataView(bytes.buffer);
    const value = EXTREMES[below(random, EXTREMES.length)]!;
    if (random() < 0.5) view.setUint32(at, value, random() < 0.3);
    else view.setUint16(at, value & 0xffff, random() < 0.3);
    return bytes;
  },
  function cutShort(bytes, _, random) {
    return bytes.slice(0, place(bytes, random));
  },
  function dropPart(bytes, _, random) {
    const at = place(bytes, random);
    const end = at + below(random, Math.min(4000, bytes.length - at));
    return joined(bytes.subarray(0, at), bytes.subarray(end));
  },
  function repeatPart(bytes, _, random) {
    const at = place(bytes, random);
    const part = bytes.subarray(at, at + below(random, 4000));
    return joined(bytes.subarray(0, at), part, part, bytes.subarray(at + part.length));
  },
  function swapParts(bytes, _, random) {
    const length = 1 + below(random, Math.min(2000, Math.ceil(bytes.length / 2)));
    const [a, b] = [below(random, bytes.length - length + 1), below(random, bytes.length - length + 1)];
    const first = bytes.slice(a, a + length);
    bytes.copyWithin(a, b, b + length);
    bytes.set(first, b);
    return bytes;
  },
  function blank(bytes, _, random) {
    const at = place(bytes, random);
    return bytes.fill(random() < 0.5 ? 0 : 0xff, at, at + below(random, 3000));
  },
  function scramble(bytes, _, random) {
    const at = place(bytes, random);
    const end = Math.min(bytes.length, at + below(random, 300));
    for (let i = at; i < end; i++) bytes[i] = below(random, 256);
    return bytes;
  },
  function splice(bytes, other, random) {
    return joined(bytes.subarray(0, place(bytes, random)), other.subarray(place(other, random)));
  },
  function insertOther(bytes, other, random) {
    const at = place(bytes, random);
    const from = place(other, random);
    return joined(bytes.subarray(0, at), other.subarray(from, from + below(random, 2000)), bytes.subarray(at));
  },
];
