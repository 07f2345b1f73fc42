import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { planSchema } from './plan-schema.ts';

/**
 * The text of plan.json: keys in the schema's order whatever order the document has them in, two spaces, a newline at
 * the end. The same document gives the same bytes; `planText(parsePlan(text))` is `text`. Throws when the document
 * breaks its own schema, which is a fault of ours and not of any input.
 */
export const planText = (document: PlanDocument): string => `${JSON.stringify(planSchema.parse(document), null, 2)}\n`;
