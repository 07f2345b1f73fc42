import { Refusal } from '../refusal.ts';

/** Code and detail of the refusal that `act` throws, 'accepted' when it does not. Any other error comes out. */
export function verdictOn(act: () => unknown): readonly [code: string, detail: string | null] {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.detail];
    throw error;
  }
  return ['accepted', null];
}
