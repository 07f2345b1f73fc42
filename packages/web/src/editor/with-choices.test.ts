import { describe, expect, it } from 'vitest';
import { choicesOf, withChoices } from './with-choices.ts';

const CHOSEN = { kind: 'norwood', stage: 6, temples: 'rebuilt', hump: 'respected' } as const;

describe('what is chosen beside a treatment', () => {
  it('is kept for another stage, as far as that has the choice', () => {
    const kept = choicesOf(CHOSEN);
    expect(withChoices({ kind: 'norwood', stage: 7 }, kept)).toEqual({ ...CHOSEN, stage: 7 });
    expect(withChoices({ kind: 'norwood', stage: 5 }, kept)).toEqual({ kind: 'norwood', stage: 5, temples: 'rebuilt' });
    expect(withChoices({ kind: 'hairline' }, kept)).toEqual({ kind: 'hairline', temples: 'rebuilt' });
    expect(withChoices({ kind: 'ludwig', stage: 2 }, kept)).toEqual({ kind: 'ludwig', stage: 2 });
    expect(choicesOf({ kind: 'full' })).toEqual({});
  });

  it('leaves the treatment as it was when it is what is usual, so that nothing counts as changed', () => {
    expect(withChoices(CHOSEN, { temples: 'own', hump: 'rebuilt' })).toStrictEqual({ kind: 'norwood', stage: 6 });
    expect(withChoices({ kind: 'hairline', temples: 'rebuilt' }, { temples: 'own' })).toStrictEqual({
      kind: 'hairline',
    });
  });
});
