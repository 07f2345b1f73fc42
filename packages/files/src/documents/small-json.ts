/**
 * Opens a small JSON file that a person or another program wrote: bounded, and errors as places in it.
 *
 * Forgiving where it is harmless (a byte order mark, keys nobody knows); strict about numbers, which is what the schemas
 * are for.
 */
import type { z } from 'zod';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';

/** Forty points take 2 kB, an outline of 200 places 4 kB. */
export const MAX_SMALL_JSON_BYTES = 64 * 1024;

/** @throws Refusal `code` when it is too long or not JSON */
export function parseSmallJson(text: string, code: RefusalCode): unknown {
  if (text.length > MAX_SMALL_JSON_BYTES) throw new Refusal(code, 'it is longer than 64 KB');
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new Refusal(code, 'it is not JSON');
  }
}

/** @throws Refusal `code` with the place of the first problem: 'marks[2].at: expected array' */
export function matching<T>(schema: z.ZodType<T>, json: unknown, code: RefusalCode): T {
  const { data, error } = schema.safeParse(json);
  if (!error) return data;
  const { path, message } = error.issues[0]!;
  throw new Refusal(code, `${placeOf(path)}: ${message.replace(/^[A-Z][a-z]/, (start) => start.toLowerCase())}`);
}

/** 'marks[0].at', 'the whole file'. */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place.replace(/^[.]/, '') || 'the whole file';
}

export const isRecord = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Does `work`, and puts the file's name before what its refusals say. */
export function naming<T>(fileName: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.code, `${fileName}, ${error.detail}`);
    throw error;
  }
}
