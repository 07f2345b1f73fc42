/** Quotes: made from a kept plan or an area, sent, accepted within their days, never higher afterwards. */
import { sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import { compareQuotes } from '@stipple/core/quote/compare-quotes.ts';
import { acceptOffer, offerQuote, taxOfPayments, type Offer } from '@stipple/core/quote/offer-quote.ts';
import { PRICE_LIST_DEFAULTS, type PriceList } from '@stipple/core/quote/price-list.ts';
import type { QuoteRequest } from '@stipple/core/quote/quote-course.ts';
import { totalWithTax } from '@stipple/core/quote/total-with-tax.ts';
import { writePaper, type PaperBlock } from '@stipple/files/exports/write-paper.ts';
import { studioSettings } from '@stipple/files/wire/settings.ts';
import type { quote as wireQuote } from '@stipple/files/wire/plans.ts';
import { moneyText } from '@stipple/core/units/money.ts';
import { audited } from '../request/audited.ts';
import { api, assertOwn } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import { accountOf, type StudioContext } from '../request/request-context.ts';
import { todayIn } from '../request/zone-of.ts';
import { asJson } from '../storage/connection.ts';
import type { Quotes, Tables } from '../storage/tables.ts';
import type { Selectable } from 'kysely';
import { assertClientOpen, readPlan, readPlanContent, type PlanContent } from './plan-record.ts';

type QuoteRow = Selectable<Quotes>;
type WireQuote = z.infer<typeof wireQuote>;

const QUOTE_VALID_DAYS = 30;

/** What a studio quotes by: its newest price list, its terms, and the day on its wall. */
async function quotingOf(tx: Transaction<Tables>, { studioId, now }: StudioContext) {
  const studio = await tx
    .selectFrom('studios')
    .select(['name', 'settings', 'timeZone', 'currency'])
    .where('id', '=', studioId)
    .executeTakeFirstOrThrow();
  const kept = await tx
    .selectFrom('libraries')
    .select('content')
    .where('studioId', '=', studioId)
    .where('kind', '=', 'prices')
    .orderBy('version', 'desc')
    .executeTakeFirst();
  const { depositBasisPoints = 0, quoteValidDays = QUOTE_VALID_DAYS } = studioSettings.partial().parse(studio.settings);
  const today = todayIn(studio.timeZone, now());
  const list = (kept?.content ?? { ...PRICE_LIST_DEFAULTS, currency: studio.currency }) as unknown as PriceList;
  // Lists kept before this was asked were all without tax.
  const prices: PriceList = { taxIs: 'added', ...list };
  return {
    studioName: studio.name,
    today,
    prices,
    terms: {
      deposit: depositBasisPoints > 0 ? { kind: 'share' as const, basisPoints: depositBasisPoints } : null,
      issuedOn: today,
      validDays: quoteValidDays,
    },
  };
}

const offerOf = (row: QuoteRow): Offer => row.content as unknown as Offer;
const copied = <T extends object>(list: readonly T[]): T[] => list.map((item) => ({ ...item }));

function wireOf(row: QuoteRow, today: string): WireQuote {
  const offer = offerOf(row);
  const { lowMinor, likelyMinor, highMinor, lines, extras, depositMinor, why } = offer;
  const isOver = (row.status === 'draft' || row.status === 'sent') && today > row.validUntil;
  return {
    id: row.id,
    clientId: row.clientId,
    planId: row.planId,
    planN: row.planN,
    status: isOver ? 'expired' : (row.status as WireQuote['status']),
    currency: row.currency,
    lowMinor,
    likelyMinor,
    highMinor,
    lines: copied(lines),
    extras: copied(extras),
    depositMinor,
    payments: copied(offer.payments),
    why,
    validUntil: row.validUntil,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    printed: { ...offer.printed },
  };
}

/** A draft is the studio's own: a client does not see it. */
const isClient = ({ caller }: StudioContext): boolean => caller.kind === 'account' && caller.role === 'client';

async function readQuote(tx: Transaction<Tables>, context: StudioContext, id: string): Promise<QuoteRow> {
  const row = await tx
    .selectFrom('quotes')
    .selectAll()
    .where('studioId', '=', context.studioId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw refused('not-found');
  assertOwn(context, row.clientId);
  if (row.status === 'draft' && isClient(context)) throw refused('not-found');
  return row;
}

async function setStatus(
  tx: Transaction<Tables>,
  { studioId, now }: StudioContext,
  { id, version }: { readonly id: string; readonly version: number },
  status: 'sent' | 'withdrawn' | 'accepted',
): Promise<QuoteRow> {
  const row = await tx
    .updateTable('quotes')
    .set({ status, version: sql`version + 1`, ...(status === 'accepted' ? { acceptedAt: now() } : {}) })
    .where('studioId', '=', studioId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw refused('changed-meanwhile');
  return row;
}

/** Area and extent of a kept plan, as its own quote takes them. */
function fieldOf({ summary }: PlanContent): Pick<QuoteRequest, 'areaCm2' | 'extentSource'> {
  const { areaCm2 } = summary;
  if (!areaCm2) return { areaCm2: null, extentSource: 'template' };
  const { value, low, high, source, extentSource } = areaCm2;
  return { areaCm2: { value, low, high, source }, extentSource };
}

/** Core names impossible prices and areas as its own errors: here they were typed by somebody. */
function offered(...input: Parameters<typeof offerQuote>): Offer {
  try {
    return offerQuote(...input);
  } catch (error) {
    throw error instanceof RangeError ? refused('input-wrong', error.message) : error;
  }
}

export const quoteHandlers = {
  quotes: api.quotes.handler(({ input: { clientId }, context }) => {
    assertOwn(context, clientId);
    return context.inStudio(async (tx) => {
      const { today } = await quotingOf(tx, context);
      const rows = await tx
        .selectFrom('quotes')
        .selectAll()
        .where('studioId', '=', context.studioId)
        .where('clientId', '=', clientId)
        .$if(isClient(context), (of) => of.where('status', '<>', 'draft'))
        .orderBy('createdAt', 'desc')
        .execute();
      return { items: rows.map((row) => wireOf(row, today)) };
    });
  }),

  createQuote: api.createQuote.handler(({ input, context }) =>
    context.inStudio(async (tx) => {
      const { studioId, newId, now, caller } = context;
      const { clientId, planId = null, planN = null, style, areaCm2, extentSource, sessions, adjustments } = input;
      await assertClientOpen(tx, context, clientId);
      let field: Pick<QuoteRequest, 'areaCm2' | 'extentSource'> = {
        areaCm2: areaCm2 ?? null,
        extentSource: extentSource ?? 'template',
      };
      if (planId !== null) {
        const plan = await readPlan(tx, context, planId);
        if (plan.clientId !== clientId) throw refused('not-found', 'plan');
        if (planN === null) throw refused('input-wrong', 'planN: which version of the plan');
        field = fieldOf(await readPlanContent(tx, context, plan, planN));
      }
      const { prices, terms, today } = await quotingOf(tx, context);
      const offer = offered({ style, ...field, sessions, adjustments }, terms, prices);
      const row = await tx
        .insertInto('quotes')
        .values({
          studioId,
          id: newId(),
          clientId,
          planId,
          planN: planId === null ? null : planN,
          status: 'draft',
          currency: offer.currency,
          likelyMinor: offer.likelyMinor,
          content: asJson(offer as never),
          validUntil: offer.validUntil,
          createdBy: accountOf(caller),
          createdAt: now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await audited(tx, context, 'quote.create', { kind: 'quote', id: row.id }, { clientId });
      return wireOf(row, today);
    }),
  ),

  changeQuote: api.changeQuote.handler(({ input: { id, version, status }, context }) =>
    context.inStudio(async (tx) => {
      const before = await readQuote(tx, context, id);
      const may = status === 'sent' ? ['draft'] : ['draft', 'sent'];
      if (!may.includes(before.status)) throw refused('not-in-this-state', `the quote is ${before.status}`);
      const row = await setStatus(tx, context, { id, version }, status);
      await audited(tx, context, `quote.${status}`, { kind: 'quote', id }, { clientId: row.clientId });
      return wireOf(row, (await quotingOf(tx, context)).today);
    }),
  ),

  acceptQuote: api.acceptQuote.handler(({ input: { id, version }, context }) =>
    context.inStudio(async (tx) => {
      const before = await readQuote(tx, context, id);
      const { today } = await quotingOf(tx, context);
      if (before.status !== 'sent') throw refused('not-in-this-state', `the quote is ${before.status}`);
      const verdict = acceptOffer(offerOf(before), today);
      if (verdict.kind === 'refused') {
        throw verdict.code === 'expired'
          ? refused('quote-over')
          : refused('not-in-this-state', 'it has no single price');
      }
      const row = await setStatus(tx, context, { id, version }, 'accepted');
      await audited(tx, context, 'quote.accept', { kind: 'quote', id }, { clientId: row.clientId });
      return wireOf(row, today);
    }),
  ),

  compareQuote: api.compareQuote.handler(({ input: { id, planN }, context }) =>
    context.inStudio(async (tx) => {
      const row = await readQuote(tx, context, id);
      if (row.status !== 'accepted') throw refused('not-in-this-state', `the quote is ${row.status}`);
      const accepted = offerOf(row);
      const { prices, terms } = await quotingOf(tx, context);
      let { request } = accepted.printed;
      if (planN !== undefined && row.planId !== null) {
        const plan = await readPlan(tx, context, row.planId);
        request = { ...request, ...fieldOf(await readPlanContent(tx, context, plan, planN)) };
      }
      const now = offered(request, terms, prices);
      if (now.currency !== accepted.currency) throw refused('input-wrong', `the price list is in ${now.currency}`);
      const isGross = ({ printed }: Offer): boolean => printed.prices.taxIs === 'included';
      if (isGross(now) !== isGross(accepted))
        throw refused('input-wrong', 'of the price list and the quote only one has its tax within the prices');
      const { owedMinor, differences } = compareQuotes(accepted, now);
      return {
        owedMinor,
        lines: differences.map(({ label, acceptedMinor, nowMinor }) => ({ label, acceptedMinor, nowMinor })),
      };
    }),
  ),

  quotePaper: api.quotePaper.handler(({ input: { id }, context }) =>
    context.inStudio(async (tx) => {
      const row = await readQuote(tx, context, id);
      const { studioName } = await quotingOf(tx, context);
      return new File([paperOf(row, studioName)], 'quote.html', { type: 'text/html' });
    }),
  ),

  recomputeQuote: api.recomputeQuote.handler(({ input: { id }, context }) =>
    context.inStudio(async (tx) => {
      const offer = offerOf(await readQuote(tx, context, id));
      const { request, terms, prices } = offer.printed;
      const again = JSON.stringify(JSON.parse(JSON.stringify(offered(request, terms, prices))));
      return { ok: true as const, isSame: sameJson(JSON.parse(again), offer) };
    }),
  ),
};

/** jsonb keeps no order of keys. */
function sameJson(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([x], [y]) => (x < y ? -1 : 1))
              .map(([key, item]) => [key, sorted(item)]),
          )
        : value;
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

const DUE_WORDS = { none: '', within: ', tax included', added: ', tax included', apart: ', tax apart' } as const;

function paperOf(row: QuoteRow, studioName: string): string {
  const offer = offerOf(row);
  const { currency, printed, payments } = offer;
  const amount = (minor: number | null, missing = 'not included'): string =>
    minor === null ? missing : moneyText({ minor, currency });
  const range = (
    { lowMinor, likelyMinor, highMinor }: Pick<Offer, 'lowMinor' | 'likelyMinor' | 'highMinor'>,
    missing = 'no price yet',
  ): string =>
    likelyMinor !== null || lowMinor === null
      ? amount(likelyMinor, missing)
      : `${amount(lowMinor)} to ${amount(highMinor)}`;
  const withTax = totalWithTax(offer);
  const { areaCm2, sessions } = printed.request;
  const blocks: PaperBlock[] = [
    {
      kind: 'table',
      head: ['What', 'Price'],
      rows: [...offer.lines.map((line) => [line.label, range(line)]), ['Together', range(offer)]],
    },
    { kind: 'paragraph', text: offer.why },
    { kind: 'heading', text: 'Apart from the course' },
    {
      kind: 'table',
      head: ['What', 'Price'],
      rows: [
        ...offer.extras.map((line) => [line.label, range(line, 'not included')]),
        ...(withTax === null ? [] : [['The course with its tax', amount(withTax)]]),
      ],
    },
    ...(payments.length > 0
      ? ([
          { kind: 'heading', text: `When it is due${DUE_WORDS[taxOfPayments(offer) ?? 'none']}` },
          {
            kind: 'table',
            head: ['When', 'Amount'],
            rows: payments.map(({ due, n, minor }) => [
              due === 'acceptance' ? 'Deposit, on acceptance' : `At session ${n}`,
              amount(minor),
            ]),
          },
        ] satisfies PaperBlock[])
      : []),
    { kind: 'heading', text: 'What it is computed from' },
    {
      kind: 'list',
      items: [
        areaCm2
          ? `Area ${areaCm2.value.toFixed(0)} cm², between ${areaCm2.low.toFixed(0)} and ${areaCm2.high.toFixed(0)} (${areaCm2.source}); extent ${printed.request.extentSource}`
          : 'No measured area',
        `${sessions} sessions`,
        `Packages: ${printed.prices[printed.request.style].map(({ label, upToCm2, priceMinor }) => `${label}${upToCm2 === null ? '' : ` to ${upToCm2} cm²`} ${amount(priceMinor)}`).join('; ')}`,
        ...(printed.request.adjustments ?? []).map(({ label, minor }) => `${label}: ${amount(minor)}`),
      ],
    },
    {
      kind: 'note',
      text: `Valid until ${row.validUntil}. Once accepted, this price does not rise by itself. Micropigmentation fades over years and may be impossible to remove; touch-ups are priced apart.`,
    },
  ];
  return writePaper({
    language: 'en',
    title: 'Quote',
    senderLines: [studioName],
    dayLine: printed.terms.issuedOn,
    subject: 'Quote',
    blocks,
    signatures: ['For the studio', 'Accepted, date and name'],
  });
}
