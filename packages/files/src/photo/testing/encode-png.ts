/** Writes PNGs of every kind with random samples and random row filters, to read them back. Test code only. */
import { deflateSync } from 'node:zlib';
import type { Generator } from '@stipple/core/random/generator.ts';
import { joinBytes } from '../photo-header.ts';

export interface PngKind {
  readonly colour: 0 | 2 | 3 | 4 | 6;
  readonly depth: 1 | 2 | 4 | 8 | 16;
  readonly isInterlaced: boolean;
  /** Adds `tRNS`: a clear palette, or one clear colour. */
  readonly hasTransparency: boolean;
}

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function encodePng(
  { colour, depth, isInterlaced, hasTransparency }: PngKind,
  width: number,
  height: number,
  random: Generator,
): Uint8Array {
  const whole = (below: number): number => Math.floor(random() * below);
  const channels = CHANNELS[colour];
  const max = 2 ** depth;
  const samples = Uint16Array.from({ length: width * height * channels }, () => whole(max));
  const step = Math.max(1, (depth * channels) >> 3);
  const rows: Uint8Array[] = [];
  for (const [left, top, stepX, stepY] of isInterlaced ? PASSES : [[0, 0, 1, 1] as const]) {
    const columns = Math.ceil((width - left) / stepX);
    if (columns <= 0) continue;
    let above = new Uint8Array(Math.ceil((columns * channels * depth) / 8));
    for (let y = top; y < height; y += stepY) {
      const row = new Uint8Array(above.length);
      for (let x = 0; x < columns; x++) {
        for (let c = 0; c < channels; c++) {
          const value = samples[(y * width + left + x * stepX) * channels + c]!;
          const i = x * channels + c;
          if (depth === 16) row.set([value >> 8, value & 255], 2 * i);
          else row[(i * depth) >> 3]! |= value << (8 - depth - ((i * depth) & 7));
        }
      }
      rows.push(filtered(row, above, step, whole(5)));
      above = row;
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, colour, 0, 0, isInterlaced ? 1 : 0], 8);
  const entries = Math.min(256, max);
  const clearBytes = colour === 3 ? entries : 2 * CHANNELS[colour];
  return joinBytes([
    Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10),
    chunk('IHDR', header),
    ...(colour === 3
      ? [
          chunk(
            'PLTE',
            Uint8Array.from({ length: 3 * entries }, () => whole(256)),
          ),
        ]
      : []),
    ...(hasTransparency
      ? [
          chunk(
            'tRNS',
            Uint8Array.from({ length: clearBytes }, (_, i) =>
              colour === 3 ? whole(256) : i % 2 ? whole(Math.min(256, max)) : 0,
            ),
          ),
        ]
      : []),
    chunk('IDAT', deflateSync(joinBytes(rows))),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function filtered(row: Uint8Array, above: Uint8Array, step: number, kind: number): Uint8Array {
  const out = new Uint8Array(row.length + 1);
  out[0] = kind;
  row.forEach((value, i) => {
    const a = row[i - step] ?? 0;
    const b = above[i]!;
    const c = above[i - step] ?? 0;
    const nearest = [a, b, c].sort((p, q) => Math.abs(a + b - c - p) - Math.abs(a + b - c - q))[0]!;
    out[i + 1] = value - [0, a, b, (a + b) >> 1, nearest][kind]!;
  });
  return out;
}

export function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(
    [...type].map((letter) => letter.charCodeAt(0)),
    4,
  );
  out.set(data, 8);
  let crc = 0xffffffff;
  for (const byte of out.subarray(4, 8 + data.length)) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  view.setUint32(8 + data.length, ~crc >>> 0);
  return out;
}
