/**
 * Reads plan.json, as strictly as it was written.
 *
 * In: the text of a file from anywhere. Out: a plan document whose every value lies within the bounds of
 * plan-schema.ts, older versions brought up to it (migrate-plan.ts), and which core's `checkDocument` finds to be one
 * plan of one head. Fields nobody knows are refused rather than dropped, so that reading and writing a document gives the
 * same text. Recomputing is `realisePlan`; nothing is repaired here. At most about half a second, whatever the text.
 */
import { checkDocument } from '@stipple/core/plan/check-document.ts';
import { ENGINE } from '@stipple/core/plan/engine.ts';
import { PLAN_SCHEMA, type PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { migratePlan } from './migrate-plan.ts';
import { ENGINE_FORM, planSchema } from './plan-schema.ts';
import { placeIn, problemWords } from '../contract/problem-words.ts';

/** A plan takes 10 to 30 kB, one with the noisiest masks 0.4 MB. */
const MAX_TEXT_LENGTH = 4 * 1024 * 1024;

/**
 * @throws Refusal 'document-invalid' with the first problem and its path, 'document-newer', and what `checkDocument` refuses
 */
export function parsePlan(text: string): PlanDocument {
  const json = parseJson(text);
  const version = schemaVersion(json);
  if (version > PLAN_SCHEMA)
    throw new Refusal('document-newer', `schema ${version}, this Stipple reads ${PLAN_SCHEMA}`);
  const engine = engineOf(json);
  if (isNewer(engine)) throw new Refusal('document-newer', `made by ${engine}, this is ${ENGINE}`);
  const { data, error } = planSchema.safeParse(migratePlan(json), { error: problemWords });
  if (error) {
    const [issue] = error.issues;
    throw new Refusal('document-invalid', `${placeIn(issue!) || 'the whole document'} ${issue!.message}`);
  }
  checkDocument(data);
  return data;
}

function parseJson(text: string): unknown {
  if (text.length > MAX_TEXT_LENGTH) throw new Refusal('document-invalid', 'it is too long to be a plan');
  try {
    // A byte order mark is what some editors add when they save.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new Refusal('document-invalid', 'it is not JSON');
  }
}

const schemaVersion = (json: unknown): number =>
  typeof json === 'object' && json !== null && 'schema' in json && typeof json.schema === 'number' ? json.schema : 0;

const engineOf = (json: unknown): string =>
  typeof json === 'object' && json !== null && 'engine' in json && typeof json.engine === 'string' ? json.engine : '';

/** Whether a version, 'major.minor.patch', may write what this one does not know: a patch never does. */
function isNewer(engine: string): boolean {
  const [major, minor] = numbersOf(engine);
  const [ownMajor, ownMinor] = numbersOf(ENGINE);
  return major > ownMajor || (major === ownMajor && minor > ownMinor);
}

/** Zeros for what is no version: the schema refuses it. */
const numbersOf = (version: string): readonly [major: number, minor: number] => {
  const [, major, minor] = ENGINE_FORM.exec(version) ?? [null, 0, 0];
  return [Number(major), Number(minor)];
};
