import { expect, it } from 'vitest';
import { NOTHING_DRAWN } from './mark-session.ts';
import { isUnsaved } from './unsaved.ts';

const front = { view: 'front', bytes: new Uint8Array([1, 2, 3]), drawn: NOTHING_DRAWN };
const top = { view: 'top', bytes: new Uint8Array([4]), drawn: NOTHING_DRAWN };
const marked = { ...front, drawn: { ...NOTHING_DRAWN, anchors: [{ name: 'vertex' as const, xPx: 3, yPx: 4 }] } };

it('is nothing without photos, nor while all are as they were saved', () => {
  for (const saved of [[], [front]]) expect(isUnsaved([], saved)).toBe(false);
  expect(isUnsaved([front], [front])).toBe(false);
  expect(isUnsaved([structuredClone(marked)], [marked])).toBe(false);
  expect(isUnsaved([front], [front, top]), 'one was removed').toBe(false);
});

it('is a photo that was not saved, another one, or other marks on it', () => {
  expect(isUnsaved([front], [])).toBe(true);
  expect(isUnsaved([front, top], [front])).toBe(true);
  expect(isUnsaved([{ ...front, bytes: new Uint8Array([1, 2, 4]) }], [front])).toBe(true);
  expect(isUnsaved([marked], [front])).toBe(true);
  expect(isUnsaved([front], [marked]), 'marks that were taken away').toBe(true);
});
