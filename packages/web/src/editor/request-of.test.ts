import { describe, expect, it } from 'vitest';
import { changedParts, EMPTY_FORM, requestOf, withTape, type PlanFormState } from './request-of.ts';

const asked = (form: PlanFormState) => {
  const request = requestOf(form);
  if ('fault' in request) throw new Error(request.fault);
  return request;
};

describe('requestOf', () => {
  it('takes each reading as a measure of its own, with the error of its tool unless another is given', () => {
    let form = withTape(EMPTY_FORM, 'circumference', 'first', '575');
    form = withTape(form, 'circumference', 'second', '577,5');
    form = withTape(form, 'length', 'first', '195');
    form = withTape(form, 'length', 'error', '4');
    form = withTape(form, 'pupils', 'first', '63');
    expect(asked(form).measures).toEqual([
      { kind: 'circumference', valueMm: 575, sdMm: 3, source: 'soft tape' },
      { kind: 'circumference', valueMm: 577.5, sdMm: 3, source: 'soft tape' },
      { kind: 'length', valueMm: 195, sdMm: 2, source: 'calliper' },
      { kind: 'pupils', valueMm: 63, sdMm: 1, source: 'ruler' },
    ]);
  });

  it('keeps tapes over the bald part for the stages that have one', () => {
    const form = withTape(EMPTY_FORM, 'bald-length', 'first', '140');
    expect(asked(form).zoneTapes).toMatchObject([{ kind: 'bald-length', valueMm: 140 }]);
    for (const presentation of [{ kind: 'norwood', stage: 3 }, { kind: 'full' }] as const)
      expect(asked({ ...form, presentation }).zoneTapes).toEqual([]);
  });

  it('names the field whose second reading or error cannot be used', () => {
    const second = withTape(EMPTY_FORM, 'coronal', 'second', '34');
    expect(requestOf(second)).toEqual({ at: 'coronal', fault: 'That looks like centimetres: 340 mm?' });
    const error = withTape(EMPTY_FORM, 'sagittal', 'error', 'three');
    expect(requestOf(error)).toMatchObject({ at: 'sagittal' });
    expect(requestOf({ ...EMPTY_FORM, age: '17' })).toMatchObject({ at: 'age' });
  });

  it('asks for what makes the work fade in one order, however it was ticked, and for nothing where nothing is said', () => {
    const fading = ['smoker', 'heavy-sun'] as const;
    expect(asked({ ...EMPTY_FORM, fading }).fading).toEqual(['heavy-sun', 'smoker']);
    expect(changedParts(asked(EMPTY_FORM), asked({ ...EMPTY_FORM, fading }))).toEqual(['what makes it fade']);
    expect(asked(EMPTY_FORM)).not.toHaveProperty('fading');
  });

  it('says in which parts two orders differ', () => {
    const before = asked(EMPTY_FORM);
    const after = asked({ ...withTape(EMPTY_FORM, 'bald-width', 'first', '150'), sessions: 4 });
    expect(changedParts(before, after)).toEqual(['tapes over the bald part', 'number of sessions']);
    expect(changedParts(before, asked(withTape(EMPTY_FORM, 'circumference', 'first', ' ')))).toEqual([]);
  });
});
