/**
 * Reads plan.json, as strictly as it was written.
 *
 * In: the text of a file from anywhere. Out: a plan document whose every value lies within the bounds of
 * plan-schema.ts and whose course keeps the rules of every course. Fields nobody knows are refused rather than dropped,
 * so that reading and writing a document gives the same text. Recomputing is `realisePlan`; nothing is repaired here.
 */
import type { z } from 'zod';
import { planCourse } from '@stipple/core/course/plan-course.ts';
import { PLAN_SCHEMA, type PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { planSchema } from './plan-schema.ts';

/** A plan with twelve photos and noisy masks of all of them stays below. */
const MAX_TEXT_LENGTH = 32 * 1024 * 1024;

/**
 * @throws Refusal 'document-invalid' with the path of the first problem, 'document-newer', and what `planCourse` refuses
 */
export function parsePlan(text: string): PlanDocument {
  const json = parseJson(text);
  const version = schemaVersion(json);
  if (version > PLAN_SCHEMA)
    throw new Refusal('document-newer', `schema ${version}, this Stipple reads ${PLAN_SCHEMA}`);
  const { data, error } = planSchema.safeParse(json);
  if (error) throw new Refusal('document-invalid', placeOf(error.issues[0]!));
  planCourse(data.course);
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

/** 'photos[0].camera.f'; an unknown key is named itself, cut to a readable length. */
function placeOf(issue: z.core.$ZodIssue): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!.slice(0, 40)] : issue.path;
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place.replace(/^[.]/, '') || 'the whole document';
}
