/**
 * Opens a small JSON file that a person or another program wrote: bounded, and errors as places in it.
 *
 * Forgiving where it is harmless (a byte order mark, keys nobody knows); strict about numbers, which is what the schemas
 * are for.
 */
import type { z } from 'zod';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import { placeIn, problemWords } from '../contract/problem-words.ts';

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

/** @throws Refusal `code` with the first problem and its place: 'marks[2].line must be a list of 2, and is [1]' */
export function matching<T>(schema: z.ZodType<T>, json: unknown, code: RefusalCode): T {
  const { data, error } = schema.safeParse(json, { error: problemWords });
  if (!error) return data;
  const [issue] = error.issues;
  throw new Refusal(code, `${placeIn(issue!) || 'the whole file'} ${issue!.message}`);
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
