/** Plans as versions with their edits, and the quotes made from them. */
import * as z from 'zod';
import { done, id, instant, plainDay, route, STAFF, text, version } from './route.ts';

const read = { who: STAFF, scope: 'clients:read' } as const;
const write = { who: STAFF, scope: 'clients:write' } as const;
const readOwn = { who: [...STAFF, 'client'], scope: 'clients:read' } as const;
const writeOwn = { who: [...STAFF, 'client'], scope: 'clients:write' } as const;

const planVersion = z.object({
  n: z.int().positive(),
  edits: z.array(z.string()),
  engine: z.string(),
  createdAt: instant,
  acceptedAt: instant.nullable(),
  /** For the list: what the plan says in a line, such as '182 cm2, 14 210 dots, 3 sessions'. */
  saying: z.string(),
});
const plan = z.object({ id, clientId: id, title: z.string(), createdAt: instant, versions: z.array(planVersion) });

const amounts = { lowMinor: z.int().nullable(), likelyMinor: z.int().nullable(), highMinor: z.int().nullable() };
const quoteLine = z.object({ id: z.string(), label: z.string(), ...amounts });
export const quote = z.object({
  id,
  clientId: id,
  planId: id.nullable(),
  planN: z.int().nullable(),
  status: z.enum(['draft', 'sent', 'accepted', 'expired', 'withdrawn']),
  currency: z.string(),
  ...amounts,
  lines: z.array(quoteLine),
  extras: z.array(quoteLine),
  depositMinor: z.int().nullable(),
  /** Sum to the price, with its tax where that is added; the deposit first. */
  payments: z.array(z.object({ due: z.enum(['acceptance', 'session']), n: z.int().nullable(), minor: z.int() })),
  why: z.string(),
  validUntil: plainDay,
  version,
  createdAt: instant,
  acceptedAt: instant.nullable(),
  /** Everything the quote is computed from: recomputing from it gives the same quote to the cent. */
  printed: z.record(z.string(), z.unknown()),
});

export const plans = {
  plans: route(readOwn)
    .route({ method: 'GET', path: '/clients/{clientId}/plans' })
    .input(z.object({ clientId: id }))
    .output(z.object({ items: z.array(plan) })),
  createPlan: route({ ...write, takesPlan: true })
    .route({
      method: 'POST',
      path: '/clients/{clientId}/plans',
      summary: 'Keeps a plan document (plan.json) as version 1.',
    })
    .input(z.object({ clientId: id, title: text(120), document: z.unknown(), summary: z.unknown() }))
    .output(plan),
  addPlanVersion: route({ ...write, takesPlan: true })
    .route({
      method: 'POST',
      path: '/plans/{planId}/versions',
      summary: 'The next version; what changed is worked out.',
    })
    .input(z.object({ planId: id, basedOn: version, document: z.unknown(), summary: z.unknown() }))
    .output(plan),
  planDocument: route(readOwn)
    .route({ method: 'GET', path: '/plans/{planId}/versions/{n}' })
    .input(z.object({ planId: id, n: z.coerce.number().pipe(version) }))
    .output(z.object({ document: z.unknown(), summary: z.unknown() })),
  acceptPlan: route(write)
    .route({ method: 'POST', path: '/plans/{planId}/versions/{n}/accept' })
    .input(z.object({ planId: id, n: z.coerce.number().pipe(version) }))
    .output(plan),

  quotes: route(readOwn)
    .route({ method: 'GET', path: '/clients/{clientId}/quotes' })
    .input(z.object({ clientId: id }))
    .output(z.object({ items: z.array(quote) })),
  createQuote: route(write)
    .route({
      method: 'POST',
      path: '/clients/{clientId}/quotes',
      summary: 'From a kept plan, or from an area typed in.',
    })
    .input(
      z.object({
        clientId: id,
        planId: id.optional(),
        planN: version.optional(),
        style: z.enum(['shaved', 'density', 'scars', 'patches']),
        /** Without a plan: the area and how it is known. */
        areaCm2: z.object({ value: z.number(), low: z.number(), high: z.number(), source: text(200) }).optional(),
        extentSource: z.enum(['drawn', 'seen', 'taped', 'template']).optional(),
        sessions: z.int().min(2).max(12),
        adjustments: z
          .array(z.object({ label: text(120), minor: z.int() }))
          .max(20)
          .default([]),
      }),
    )
    .output(quote),
  changeQuote: route(write)
    .route({ method: 'POST', path: '/quotes/{id}/status', summary: 'Send a draft, or withdraw what was not accepted.' })
    .input(z.object({ id, version, status: z.enum(['sent', 'withdrawn']) }))
    .output(quote),
  acceptQuote: route(writeOwn)
    .route({ method: 'POST', path: '/quotes/{id}/accept', summary: 'Within its validity. It never rises afterwards.' })
    .input(z.object({ id, version }))
    .output(quote),
  compareQuote: route(read)
    .route({ method: 'GET', path: '/quotes/{id}/compare', summary: 'An accepted quote beside one computed today.' })
    .input(z.object({ id, planN: z.coerce.number().pipe(version).optional() }))
    .output(
      z.object({
        owedMinor: z.int().nullable(),
        lines: z.array(
          z.object({ label: z.string(), acceptedMinor: z.int().nullable(), nowMinor: z.int().nullable() }),
        ),
      }),
    ),
  quotePaper: route(readOwn)
    .route({ method: 'GET', path: '/quotes/{id}/paper', summary: 'The quote to print, as a page of its own.' })
    .input(z.object({ id }))
    .output(z.file()),
  recomputeQuote: route(readOwn)
    .route({
      method: 'GET',
      path: '/quotes/{id}/recompute',
      summary: 'Whether the printed inputs still give the amounts.',
    })
    .input(z.object({ id }))
    .output(done.extend({ isSame: z.boolean() })),
};
