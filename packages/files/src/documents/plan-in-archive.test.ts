import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { verdictOn } from '@stipple/core/units/testing/verdict-on.ts';
import { planInArchive } from './plan-in-archive.ts';

const PLAN = strToU8('{"schema":2}');
const archive = (files: Zippable): Uint8Array => zipSync(files, { level: 1 });
const read = (bytes: Uint8Array): string => new TextDecoder().decode(planInArchive(bytes));
const refusal = (bytes: Uint8Array) => verdictOn(() => planInArchive(bytes));

/** The places of a byte sequence. */
function placesOf(bytes: Uint8Array, sought: readonly number[]): number[] {
  return Array.from(bytes.keys()).filter((at) => sought.every((byte, k) => bytes[at + k] === byte));
}
const ENTRY = [0x50, 0x4b, 1, 2];
const END = [0x50, 0x4b, 5, 6];

describe('the plan in an archive', () => {
  it('is found as it was downloaded, and in a folder that was packed again', () => {
    expect(read(archive({ 'dots.csv': PLAN, 'plan.json': PLAN }))).toBe('{"schema":2}');
    const packed = { 'ben/front.png': PLAN, 'ben/plan.json': PLAN, '__MACOSX/ben/._plan.json': strToU8('x') };
    expect(read(archive(packed))).toBe('{"schema":2}');
    expect(read(archive({ 'plan.json': PLAN, 'earlier/plan.json': strToU8('old') }))).toBe('{"schema":2}');
  });

  it('is not guessed among several', () => {
    const two = archive({ 'ann/plan.json': PLAN, 'ben/plan.json': PLAN });
    expect(refusal(two)).toEqual(['document-invalid', 'there is more than one plan.json in the archive']);
    const twice = archive({ 'plan.json': PLAN, 'plan.jsoN': PLAN });
    for (const at of placesOf(twice, [...strToU8('plan.jsoN')])) twice.set(strToU8('plan.json'), at);
    expect(refusal(twice)).toEqual(['document-invalid', 'there is more than one plan.json in the archive']);
  });

  it('is refused where there is none, or none of a plan’s size', () => {
    expect(refusal(archive({ 'plan.txt': PLAN, 'my-plan.json': PLAN }))[1]).toBe(
      'there is no plan.json in the archive',
    );
    const huge = archive({ 'plan.json': new Uint8Array(17 * 1024 * 1024) });
    expect(refusal(huge)[1]).toBe('its plan.json is too long to be a plan');
  });

  it('grows to no more than it claims, and a bomb is refused as damaged or no plan', () => {
    const bomb = archive({ 'plan.json': new Uint8Array(8 * 1024 * 1024) });
    new DataView(bomb.buffer).setUint32(placesOf(bomb, ENTRY)[0]! + 24, 1000, true);
    const [code] = refusal(bomb);
    if (code === 'accepted') expect(planInArchive(bomb).length).toBeLessThanOrEqual(1000);
  });

  it('is looked for among no more entries than an archive of ours could have', () => {
    const few = archive({ 'plan.json': PLAN });
    const view = new DataView(few.buffer);
    const end = placesOf(few, END)[0]!;
    view.setUint16(end + 8, 65_000, true);
    view.setUint16(end + 10, 65_000, true);
    expect(refusal(few)).toEqual(['document-invalid', 'the archive has more than 1000 files']);
  });

  it('is refused for whatever is no archive', () => {
    for (const bytes of [new Uint8Array(0), PLAN, archive({ 'plan.json': PLAN }).subarray(0, 60)])
      expect(refusal(bytes)).toEqual(['document-invalid', 'the archive is damaged']);
  });
});
