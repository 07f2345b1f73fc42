/**
 * The lists that a studio keeps by version: prices, pigments, texts. A version is never changed; what was made from one
 * can always be recomputed. Version 0 is what a studio starts from.
 */
import { PRICE_LIST_DEFAULTS } from '@stipple/core/quote/price-list.ts';
import { assertTiers } from '@stipple/core/quote/quote-course.ts';
import { placeIn, problemWords } from '@stipple/files/contract/problem-words.ts';
import { currency, line } from '@stipple/files/wire/route.ts';
import * as z from 'zod';
import { audited } from '../request/audited.ts';
import { api } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import { accountOf } from '../request/request-context.ts';
import { asJson } from '../storage/connection.ts';
import { duplicateOf } from '../storage/sql-state.ts';

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be small letters, digits and hyphens');
const minor = z.int().min(0).max(1_000_000_000);

const tiers = z
  .array(
    z.object({ id: key, label: line(120), upToCm2: z.number().positive().max(2000).nullable(), priceMinor: minor }),
  )
  .min(1)
  .max(40)
  .superRefine((list, check) => {
    try {
      assertTiers(list);
    } catch (error) {
      check.addIssue({ code: 'custom', message: (error as Error).message });
    }
    if (new Set(list.map(({ id }) => id)).size < list.length)
      check.addIssue({ code: 'custom', message: 'an id stands twice' });
  });

const prices = z.object({
  currency,
  shaved: tiers,
  density: tiers,
  scars: tiers,
  patches: tiers,
  extras: z
    .array(
      z.object({
        id: z.enum(['touch-up', 'removal', 'care-products']),
        label: line(120),
        priceMinor: minor.nullable(),
      }),
    )
    .max(3),
  taxBasisPoints: z.int().min(0).max(10_000).nullable(),
  taxIs: z.enum(['added', 'included']).default('added'),
});

const pigments = z.object({
  pigments: z
    .array(
      z.object({
        id: key,
        name: line(120),
        maker: z.string().trim().max(120).default(''),
        /** CIELAB, D65, of the undiluted pigment as measured or stated; null when nobody knows. */
        lab: z
          .tuple([z.number().min(0).max(100), z.number().min(-128).max(128), z.number().min(-128).max(128)])
          .nullable(),
        /** Water to one part of pigment, lightest first. */
        dilutions: z.array(z.number().min(0).max(100)).max(20).default([]),
        notes: z.string().trim().max(2000).default(''),
      }),
    )
    .max(200)
    .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'an id stands twice'),
});

const texts = z.object({ texts: z.record(key, z.string().max(20_000)) });

const KINDS = { prices, pigments, texts } as const;
type Kind = keyof typeof KINDS;
const DEFAULTS: Readonly<Record<Kind, object>> = {
  prices: PRICE_LIST_DEFAULTS,
  pigments: { pigments: [] },
  texts: { texts: {} },
};

export const libraryHandlers = {
  library: api.library.handler(({ input: { kind, version }, context: { inStudio, studioId } }) =>
    inStudio(async (tx) => {
      const row = await tx
        .selectFrom('libraries')
        .select(['version', 'content', 'createdAt'])
        .where('studioId', '=', studioId)
        .where('kind', '=', kind)
        .$if(version !== undefined, (query) => query.where('version', '=', version!))
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (row) return { ...row, createdAt: row.createdAt.toISOString() };
      if (version !== undefined) throw refused('not-found');
      const studio = await tx
        .selectFrom('studios')
        .select('currency')
        .where('id', '=', studioId)
        .executeTakeFirstOrThrow();
      const content = kind === 'prices' ? { ...DEFAULTS.prices, currency: studio.currency } : DEFAULTS[kind];
      return { version: 0, content, createdAt: null };
    }),
  ),

  changeLibrary: api.changeLibrary.handler(async ({ input: { kind, basedOn, content }, context }) => {
    const { studioId, caller, now } = context;
    const checked = KINDS[kind].safeParse(content, { error: problemWords });
    if (!checked.success) {
      const problems = checked.error.issues.map((issue) => [placeIn(issue), issue.message].filter(Boolean).join(': '));
      throw refused('input-wrong', problems.slice(0, 8).join('; '));
    }
    const version = basedOn + 1;
    try {
      await context.inStudio(async (tx) => {
        const newest = await tx
          .selectFrom('libraries')
          .select('version')
          .where('studioId', '=', studioId)
          .where('kind', '=', kind)
          .orderBy('version', 'desc')
          .limit(1)
          .executeTakeFirst();
        if ((newest?.version ?? 0) !== basedOn) throw refused('changed-meanwhile');
        await tx
          .insertInto('libraries')
          .values({
            studioId,
            kind,
            version,
            content: asJson(checked.data),
            createdBy: accountOf(caller),
            createdAt: now(),
          })
          .execute();
        await audited(tx, context, 'library.change', { kind: 'library', id: null }, { kind, version });
      });
    } catch (error) {
      throw duplicateOf(error) ? refused('changed-meanwhile') : error;
    }
    return { version };
  }),
};
