import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sampleDocument } from '@stipple/core/plan/testing/sample-plan.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { seededGenerator, type Generator } from '@stipple/core/random/generator.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { planText } from '@stipple/files/documents/plan-text.ts';
import { computePlan } from './compute-plan.ts';
import type { OutputFile } from './make-plan.ts';

const DOCUMENTS = 6000;
const RECOMPUTED = 40;
/** Processor seconds; what is usual is 0.01 and 1. */
const READ_S = 3;
const RECOMPUTE_S = 30;
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Holder = Json[] | { [key: string]: Json };
interface Place {
  readonly holder: Holder;
  readonly key: string;
}

const at = ({ holder, key }: Place): Json => (holder as Record<string, Json>)[key]!;
const put = ({ holder, key }: Place, value: Json): void => {
  // As a parser does: '__proto__' is a field like any other.
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
};

function placesIn(value: Json): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const place = { holder: value as Holder, key };
    return [place, ...placesIn(at(place))];
  });
}

const pick = <T>(from: readonly T[], random: Generator): T => from[Math.floor(random() * from.length)]!;
const NUMBERS = [0, -0, -1, 1, 0.5, 1e-320, 1e300, -1e300, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, Infinity, -Infinity];
const TEXTS = [
  '',
  'NaN',
  'Infinity',
  '-1',
  '0',
  '1e999',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  'x'.repeat(70_000),
];
const FIELDS = ['__proto__', 'constructor', 'toString', 'length', 'comment', 'schema', ''];

const deep = (depth: number): Json => {
  let value: Json = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
};

type Edit = (place: Place, all: readonly Place[], random: Generator) => void;
const EDITS: readonly Edit[] = [
  (place, _, random) => put(place, pick(NUMBERS, random)),
  (place, _, random) => put(place, pick(TEXTS, random)),
  (place, _, random) => put(place, pick<Json>([null, true, false, [], {}, [[]], [null]], random)),
  (place, _, random) => put(place, deep(10 ** (1 + Math.floor(3 * random())))),
  // A little beside what it was: what is read and then computed.
  (place, _, random) => {
    const value = at(place);
    if (typeof value === 'number') put(place, value * (1 + 0.02 * (random() - 0.5)));
  },
  (place, _, random) => {
    const value = at(place);
    if (typeof value === 'number')
      put(place, pick([String(value), -value, Math.round(value), value + 1, value * 1000], random));
  },
  (place) => {
    if (Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1);
    else delete place.holder[place.key];
  },
  (place, all, random) => put(place, structuredClone(at(pick(all, random)))),
  (place, all, random) => {
    const other = pick(all, random);
    const [mine, theirs] = [structuredClone(at(place)), structuredClone(at(other))];
    put(place, theirs);
    put(other, mine);
  },
  (place, _, random) => {
    const value = at(place);
    const times = 10 ** (1 + Math.floor(3 * random()));
    if (Array.isArray(value) && value.length > 0 && value.length * times < 200_000)
      put(place, Array.from({ length: times }, () => value).flat());
  },
  (place, _, random) => {
    const value = at(place);
    if (Array.isArray(value)) value.reverse();
    else if (value !== null && typeof value === 'object') put({ holder: value, key: pick(FIELDS, random) }, 1);
  },
];

/** What no value can express: faults of the text itself. */
type Fault = (text: string, random: Generator) => string;
const FAULTS: readonly Fault[] = [
  (text, random) => text.slice(0, Math.floor(random() * text.length)),
  (text) => `\ufeff${text}`,
  (text) => `${text}${text}`,
  (text) => text.replace('{', '{"schema":99,"schema":2,'),
  (text) => text.replace(/"engine":\s*"[^"]*"/, '"engine":"999.0.0"'),
  (text) => text.replace(/-?\d+[.]\d+/, '1e999'),
  (text) => text.replace(/-?\d+[.]\d+/, 'NaN'),
  (text, random) => {
    const place = Math.floor(random() * text.length);
    return `${text.slice(0, place)}${String.fromCharCode(Math.floor(random() * 65_536))}${text.slice(place + 1)}`;
  },
  (text) => `${'['.repeat(200_000)}${text}`,
  (text) => `${' '.repeat(5_000_000)}${text}`,
];

function hostile(good: string, random: Generator): string {
  const document = JSON.parse(good) as Json;
  for (let edits = 1 + Math.floor(3 * random() * random()); edits > 0; edits--) {
    const all = placesIn(document);
    if (all.length === 0) break;
    // Few fields stand at the top, and thousands of numbers below: let both have their share.
    const place =
      random() < 0.4
        ? pick(
            all.filter(({ holder }) => holder === document),
            random,
          )
        : pick(all, random);
    pick(EDITS, random)(place, all, random);
  }
  // A number that is none is written as a word that is no JSON, as programs with faults do.
  const text = JSON.stringify(document, (_, value: unknown) => (value === Infinity ? 'Infinity!' : value)).replaceAll(
    '"Infinity!"',
    '1e999',
  );
  return random() < 0.15 ? pick(FAULTS, random)(text, random) : text;
}

const cpuSeconds = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

test(`reads or refuses ${DOCUMENTS.toLocaleString('en')} hostile plans, soon, and recomputes those it reads`, async () => {
  const random = seededGenerator(20261127);
  const goods = [
    planText(sampleDocument()),
    readFileSync(join(ROOT, 'packages/core/src/plan/fixtures/plan-0.1.0.json'), 'utf8'),
  ];
  const seen = new Map<string, number>();
  const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  const read: PlanDocument[] = [];
  let slowest = 0;
  for (let number = 0; number < DOCUMENTS; number++) {
    const text = hostile(pick(goods, random), random);
    const before = process.cpuUsage();
    try {
      read.push(parsePlan(text));
      count('read');
    } catch (error) {
      if (!(error instanceof Refusal)) throw new Error(`document ${number}: ${text.slice(0, 300)}`, { cause: error });
      expect(error.reason).toMatch(/[.]$/);
      expect((error.detail ?? '').length).toBeLessThan(500);
      count(error.code);
    }
    slowest = Math.max(slowest, cpuSeconds(before));
    expect([number, cpuSeconds(before) < READ_S]).toEqual([number, true]);
  }
  expect(({} as Record<string, unknown>)['comment']).toBeUndefined();
  expect(read.length).toBeGreaterThan(DOCUMENTS / 50);

  const every = Math.max(1, Math.floor(read.length / RECOMPUTED));
  const tools = {
    cache: join(ROOT, '.stipple'),
    decoder: { decode: () => Promise.reject(new Error('no photo')), close: () => undefined },
    models: null,
    pictures: () => {
      throw new Error('no photo');
    },
  };
  for (let k = 0; k < read.length; k += every) {
    const before = process.cpuUsage();
    try {
      const files: OutputFile[] = [];
      const listener = { onStep: () => undefined, onFile: (file: OutputFile) => files.push(file) };
      await computePlan({ kind: 'recompute', document: read[k]!, photos: [] }, tools, listener);
      expect(files.length).toBeGreaterThan(3);
      count('recomputed');
    } catch (error) {
      if (!(error instanceof Refusal))
        throw new Error(`plan ${k}: ${JSON.stringify(read[k]).slice(0, 2000)}`, { cause: error });
      count(`recomputing: ${error.code}`);
    }
    expect([k, cpuSeconds(before) < RECOMPUTE_S]).toEqual([k, true]);
  }
  // oxlint-disable-next-line no-console -- a soak's figures are read by people
  console.log(Object.fromEntries(seen), `slowest reading ${slowest.toFixed(2)} s`);
});
