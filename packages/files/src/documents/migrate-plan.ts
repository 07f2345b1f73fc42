/**
 * Documents of older versions, brought to the schema of this one: what a version did not know gets the value that means so.
 *
 * One step per version, each adding only; nothing is recomputed, so a plan keeps its dots and numbers. In and out: parsed
 * JSON that nobody has judged yet; plan-schema.ts does that afterwards.
 */
import { PLAN_SCHEMA } from '@stipple/core/plan/plan-document.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (json: unknown): json is Json => typeof json === 'object' && json !== null && !Array.isArray(json);

/** Adds fields that the older version did not have; one that is there is no field of it. */
function withNew(json: unknown, place: string, fields: Json): unknown {
  if (!isObject(json)) return json;
  const foreign = Object.keys(fields).find((key) => key in json);
  if (foreign) throw new Refusal('document-invalid', `${place}${foreign}`);
  return { ...json, ...fields };
}

/** Several photos, marked points, marks on the scalp, scans and spreads came with 2. */
function from1(json: Json): Json {
  const photos = Array.isArray(json.photos)
    ? json.photos.map((photo: unknown, k) =>
        withNew(photo, `photos[${k}].`, { placedBy: 'face', anchors: [], distances: [], spread: null }),
      )
    : json.photos;
  const head = withNew(json.head, 'head.', { faceTiltDeg: 0, scan: null });
  return { ...(withNew(json, '', { zoneTapes: [], marks: [] }) as Json), head, photos, schema: 2 };
}

const STEPS: Readonly<Record<number, (json: Json) => Json>> = { 1: from1 };

/** `json` as this version would have written it; unchanged when it is of this version or of none. */
export function migratePlan(json: unknown): unknown {
  if (!isObject(json)) return json;
  let plan = json;
  for (let version = plan.schema; typeof version === 'number' && version < PLAN_SCHEMA; version = plan.schema) {
    const step = STEPS[version];
    if (!step) break;
    plan = step(plan);
  }
  return plan;
}
