/**
 * Reads the studio's own list of pigments: a JSON file as the studio's library holds it, or a table.
 *
 * JSON: { "pigments": [{ "id", "name", "maker", "lab": [L, a, b] or "hex": "#2a2622", "dilutions": [5, 10, 20] }] }, or the list
 * bare. CSV: columns name, maker (or brand), hex or L, a and b, dilutions as "5 10 20" or "1:5 / 1:10". L*a*b* is D65; hex
 * is sRGB. A pigment whose colour is not given stays in the list and is never chosen.
 *
 * Refuses ('pigments-unreadable') with the pigment: no name, a name twice, numbers that are none or out of bounds.
 */
import * as z from 'zod';
import { labOf, quantisedColour, type Colour3 } from '@stipple/core/pigment/lab.ts';
import { decodeValue } from '@stipple/core/pigment/linear-light.ts';
import type { StudioPigment } from '@stipple/core/pigment/studio-pigment.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { placeIn, problemWords } from '../contract/problem-words.ts';
import { columnsOf, rowReader } from './columns-of.ts';
import { readTable } from './read-table.ts';

const CODE = 'pigments-unreadable';
const MOST = 200;
/** For whoever reads the file: two hundred pigments take 40 kB. */
export const MAX_PIGMENT_BYTES = 256 * 1024;

const within = (low: number, high: number) => z.number().min(low).max(high);
const hex = z
  .string()
  .regex(/^#?[0-9a-fA-F]{6}$/)
  .describe('a colour of six digits, as #2a2622');
const lab = z
  .tuple([within(0, 100), within(-128, 128), within(-128, 128)])
  .describe('three numbers, L from 0 to 100, a and b from -128 to 128');
const listed = z
  .array(
    z.object({
      id: z.string().max(60).optional(),
      name: z.string().trim().min(1, 'is missing').max(120),
      maker: z.string().trim().max(120).default(''),
      lab: lab.nullish(),
      hex: hex.nullish(),
      dilutions: z.array(within(0, 100)).max(20).default([]),
    }),
  )
  .max(MOST);

type Listed = z.infer<typeof listed>;

/** @throws Refusal 'pigments-unreadable' */
export function readPigments(bytes: Uint8Array, fileName: string): StudioPigment[] {
  try {
    const text = new TextDecoder()
      .decode(bytes.subarray(0, 64))
      .replace(/^\ufeff/, '')
      .trimStart();
    return withIds(/^[[{]/.test(text) ? fromJson(new TextDecoder().decode(bytes)) : fromTable(bytes));
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(CODE, `${fileName}, ${error.detail}`);
    throw error;
  }
}

function fromJson(text: string): Listed {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new Refusal(CODE, 'it is not JSON');
  }
  return checked(typeof json === 'object' && json !== null && 'pigments' in json ? json.pigments : json);
}

function checked(json: unknown): Listed {
  const { data, error } = listed.safeParse(json, { error: problemWords });
  if (data) return data;
  const issue = error.issues[0]!;
  const [entry] = issue.path;
  const what = entry === undefined ? 'the list' : [`pigment ${Number(entry) + 1}:`, placeIn(issue, 1)].join(' ').trim();
  throw new Refusal(CODE, `${what} ${issue.message}`);
}

const HEADINGS = {
  id: ['id', 'code', 'number'],
  name: ['name', 'pigment', 'shade', 'colour', 'color', 'farbe', 'ton'],
  maker: ['maker', 'brand', 'manufacturer', 'marke', 'hersteller'],
  hex: ['hex', 'srgb', 'rgb'],
  l: ['l', 'l*', 'lstar'],
  a: ['a', 'a*', 'astar'],
  b: ['b', 'b*', 'bstar'],
  dilutions: ['dilutions', 'dilution', 'ratios', 'ratio', 'water'],
};

function fromTable(bytes: Uint8Array): Listed {
  const { headings, rows } = readTable(bytes);
  const read = rowReader(columnsOf(headings, HEADINGS));
  return checked(
    rows.map((row) => {
      const text = (field: keyof typeof HEADINGS): string | undefined => read(row, field) || undefined;
      const lab = [text('l'), text('a'), text('b')];
      return {
        id: text('id'),
        name: text('name') ?? '',
        maker: text('maker'),
        hex: text('hex'),
        lab: lab.every((value) => value !== undefined) ? lab.map(numberOf) : undefined,
        dilutions: dilutionsOf(text('dilutions') ?? ''),
      };
    }),
  );
}

/** '-1,5' as people write it where commas are decimal; what is no number stays, to be shown. */
function numberOf(text: string | undefined): number | string {
  const written = text ?? '';
  const value = Number(written.replace(',', '.').replace('−', '-'));
  return Number.isNaN(value) ? written : value;
}

/** '5 10 20', '1:5 / 1:10', '5;10'. */
const dilutionsOf = (text: string): number[] =>
  text
    .replace(/1\s*:\s*/g, ' ')
    .split(/[^0-9.]+/)
    .filter((part) => part !== '')
    .map(Number);

function withIds(list: Listed): StudioPigment[] {
  if (list.length === 0) throw new Refusal(CODE, 'no pigment is in it');
  const seen = new Set<string>();
  return list.map(({ id, name, maker, lab, hex: code, dilutions }, k) => {
    const plainId = plain(id ?? '') || plain(`${maker} ${name}`) || `pigment-${k + 1}`;
    if (seen.has(plainId)) throw new Refusal(CODE, `${name} stands twice`);
    seen.add(plainId);
    return { id: plainId, name, maker, lab: lab ?? (code ? labOfHex(code) : null), dilutions };
  });
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);

function labOfHex(code: string): Colour3 {
  const digits = code.replace('#', '');
  const light = (k: number): number => decodeValue(Number.parseInt(digits.slice(2 * k, 2 * k + 2), 16) / 255);
  return quantisedColour(labOf([light(0), light(1), light(2)]), 100);
}
