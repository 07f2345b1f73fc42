import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { planText } from '@stipple/files/documents/plan-text.ts';
import { PLAN_SCHEMA } from './plan-document.ts';
import { realisePlan } from './realise-plan.ts';
import { summarisePlan } from './summarise-plan.ts';
import { sampleReserve } from './testing/sample-plan.ts';

const FOLDER = join(import.meta.dirname, 'fixtures');

/** What each version laid out: fingerprints are FNV-1a over the bytes of the dots, little-endian. */
const RECORDED = {
  'plan-0.1.0.json': {
    dots: 16025,
    zoneDots: { front: 2843, 'temple-l': 621, 'temple-r': 597, mid: 5989, crown: 5975 },
    sessionDots: [4825, 6436, 4764],
    areaCm2: 202.2,
    fingerprint: 'ab2cc047',
  },
  'plan-0.2.0.json': {
    dots: 15059,
    zoneDots: { front: 2617, 'temple-l': 183, 'temple-r': 179, mid: 5635, crown: 6445 },
    sessionDots: [4549, 6019, 4491],
    areaCm2: 183.7,
    fingerprint: 'e2498964',
  },
} as const;

function fnv1a(...arrays: readonly (Float32Array | Uint32Array | Uint8Array)[]): string {
  let hash = 0x811c9dc5;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

it('keeps a record of every frozen plan', () => {
  expect(readdirSync(FOLDER).filter((name) => name.endsWith('.json'))).toEqual(Object.keys(RECORDED));
});

describe.each(Object.entries(RECORDED))('%s', (name, recorded) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');

  it('is read, and written again with everything it held', () => {
    const document = parsePlan(text);
    expect(document.engine).toBe(/^plan-(.*)[.]json$/.exec(name)?.[1]);
    const { schema, ...held } = JSON.parse(text) as Record<string, unknown>;
    expect(schema).toBeLessThanOrEqual(PLAN_SCHEMA);
    expect(JSON.parse(planText(document))).toMatchObject(held);
    expect(parsePlan(planText(document))).toEqual(document);
  });

  it('has the dots it had, to the bit', () => {
    const plan = realisePlan(parsePlan(text), sampleReserve());
    const { zones, sessions, areaCm2 } = summarisePlan(plan);
    const { id, positionMm, normal, zone, session, diameterMm, strength } = plan.dots;
    expect({
      dots: plan.dots.count,
      zoneDots: Object.fromEntries(zones.map(({ id: zoneId, dots }) => [zoneId, dots])),
      sessionDots: sessions.map(({ dots }) => dots),
      areaCm2: areaCm2?.value,
      fingerprint: fnv1a(id, positionMm, normal, zone, session, diameterMm, strength),
    }).toEqual(recorded);
  });
});
