/**
 * What every route of the studio's API has in common: who may call it, how it refuses, and the small shapes.
 *
 * The contract is written once, here and beside: the server checks requests and answers with these schemas, the typed
 * client of the screens is made from them, and so is the OpenAPI document. A route without a policy does not compile.
 *
 * Times are instants (ISO 8601 in UTC) where an hour is meant and plain local days where a day is meant; money is whole
 * minor units with a currency; ids are UUIDs. Whatever creates takes an `Idempotency-Key` header: the same key with the
 * same request is answered as the first time.
 */
import { oc } from '@orpc/contract';
import * as z from 'zod';

/** Who works in a studio, and its clients. */
export const ROLES = ['owner', 'manager', 'practitioner', 'front-desk', 'client'] as const;
export type Role = (typeof ROLES)[number];

/** What a token for other programs may be allowed. */
export const SCOPES = [
  'studio:read',
  'studio:write',
  'clients:read',
  'clients:write',
  'courses:read',
  'courses:write',
] as const;
export type Scope = (typeof SCOPES)[number];

export interface RoutePolicy {
  /** 'anyone' needs no sign-in. A client reaches only what is the client's own, whatever the route. */
  readonly who: 'anyone' | readonly Role[];
  /** The scope by which a token may call it; null: people only. */
  readonly scope: Scope | null;
  /** Takes a plan document, which is larger than anything that is typed. */
  readonly takesPlan?: true;
}

export const STAFF = ['owner', 'manager', 'practitioner', 'front-desk'] as const;
export const EVERYBODY = ROLES;
export const MANAGERS = ['owner', 'manager'] as const;
export const OWNER = ['owner'] as const;

/**
 * The body of a refusal, in the words of core's table: what is wrong and what to do. `data` carries what the screens
 * need to go on, such as other free hours.
 */
export const refusalSchema = z.object({
  code: z.string(),
  reason: z.string(),
  remedy: z.string(),
  detail: z.string().nullable(),
  data: z.unknown().optional(),
});
export type WireRefusal = z.infer<typeof refusalSchema>;

/** A route with its policy. Every refusal of the server has this shape, under the HTTP status of its code. */
export const route = (policy: RoutePolicy) => oc.$meta<RoutePolicy>(policy);

export const id = z.uuid().describe('an id, as in 0b7c1f9e-5d1a-4c57-9a2e-3f6d8e1b2c4a');
/** The years that core's calendar knows: a day outside them would be stored and could then not be planned with. */
const KNOWN_YEAR = /^(19|20|21)\d\d-/;
const YEARS = 'a year between 1900 and 2199';
export const plainDay = z.iso.date().regex(KNOWN_YEAR, YEARS).describe('a local day, YYYY-MM-DD');
export const instant = z.iso
  .datetime()
  .regex(KNOWN_YEAR, YEARS)
  .describe('an instant in UTC, as in 2027-01-11T09:30:00Z');
export const minuteOfDay = z.int().min(0).max(1440).describe('minutes since midnight, 0 to 1440');
export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('a currency of ISO 4217, as in EUR');
/** The largest whole number that versions and counts are stored as. */
export const MOST_COUNTED = 2_147_483_647;
/** Grows by one with each change; a change must name the version it was made from. */
export const version = z.int().positive().max(MOST_COUNTED);

/** Halves of a character, as a cut text has them, cannot be stored: they become the sign for an unknown one. */
const written = z.string().overwrite((typed) => typed.replace(/\p{Cs}/gu, '\ufffd'));
/** A line of text a person typed: no control characters, trimmed. */
export const line = (most: number) =>
  written
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u, 'no control characters');
export const text = (most: number) =>
  written
    .trim()
    .max(most)
    .regex(/^[^\0]*$/, 'no character of the value zero');
export const email = z.email().max(254).describe('an e-mail address of at most 254 characters');

export const done = z.object({ ok: z.literal(true) });
export const idOnly = z.object({ id });

/** Pages of a list: pass `cursor` of the answer to get what follows. */
export const pageInput = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), cursor: z.string().nullable() });
