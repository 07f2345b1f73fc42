/** Plans of a client and their versions; document and summary are sealed with the client's 'care' key. */
import { sql, type Transaction } from 'kysely';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { placeIn, problemWords } from '@stipple/files/contract/problem-words.ts';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { summarySchema, type Summary } from '@stipple/files/contract/summary.ts';
import { assertOwn } from '../request/implementer.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { openJson, sealJson } from '../storage/keys/seal.ts';
import { sealedPlaces } from '../storage/sealed-places.ts';
import type { Tables } from '../storage/tables.ts';

/** A version's content: the document as the planning page wrote it, and the numbers it computed from it. */
export interface PlanContent {
  readonly document: PlanDocument;
  readonly summary: Summary;
}

/** @throws Refusal of parsePlan; 'input-wrong' when the summary is not one of this document */
export function planContentOf(document: unknown, summary: unknown): PlanContent {
  const plan = parsePlan(JSON.stringify(document) ?? '');
  const { data, error } = summarySchema.safeParse(summary, { error: problemWords });
  if (error) {
    const issue = error.issues[0]!;
    throw refused('input-wrong', `${['summary', placeIn(issue)].filter(Boolean).join('.')} ${issue.message}`);
  }
  return { document: plan, summary: data };
}

/** '182 cm2, 14 210 dots, 3 sessions'. */
export function sayingOf({ areaCm2, dots, sessions }: Summary): string {
  const count = String(dots).replace(/\B(?=(\d{3})+$)/g, ' ');
  return `${areaCm2 ? `${areaCm2.value.toFixed(0)} cm2` : 'not to scale'}, ${count} dots, ${sessions.length} sessions`;
}

const careKey = (tx: Transaction<Tables>, { studioId, storage }: StudioContext, clientId: string) =>
  storage.keys.get(tx, { studioId, ownerId: clientId, purpose: 'care' });

/** The client's row, locked against erasure and merging until the transaction ends; 'not-found' when it is not there. */
export async function assertClientOpen(
  tx: Transaction<Tables>,
  { studioId }: StudioContext,
  clientId: string,
): Promise<void> {
  const row = await tx
    .selectFrom('clients')
    .select('status')
    .where('studioId', '=', studioId)
    .where('id', '=', clientId)
    .forShare()
    .executeTakeFirst();
  if (!row) throw refused('not-found');
  if (row.status === 'erased' || row.status === 'merged') throw refused('not-in-this-state', row.status);
}

/** @throws 'not-found' when there is none or it is not the caller's to see */
export async function readPlan(tx: Transaction<Tables>, context: StudioContext, planId: string) {
  const plan = await tx
    .selectFrom('plans')
    .selectAll()
    .where('studioId', '=', context.studioId)
    .where('id', '=', planId)
    .executeTakeFirst();
  if (!plan) throw refused('not-found');
  assertOwn(context, plan.clientId);
  return plan;
}

export async function readPlanContent(
  tx: Transaction<Tables>,
  context: StudioContext,
  plan: { readonly id: string; readonly clientId: string },
  n: number,
): Promise<PlanContent> {
  const row = await tx
    .selectFrom('planVersions')
    .select('sealed')
    .where('studioId', '=', context.studioId)
    .where('planId', '=', plan.id)
    .where('n', '=', n)
    .executeTakeFirst();
  if (!row) throw refused('not-found');
  const key = await careKey(tx, context, plan.clientId);
  return openJson(key.bytes, sealedPlaces.planVersion(context.studioId, plan.id, n), row.sealed) as PlanContent;
}

export async function insertPlanVersion(
  tx: Transaction<Tables>,
  context: StudioContext,
  plan: { readonly id: string; readonly clientId: string },
  version: {
    readonly n: number;
    readonly content: PlanContent;
    readonly edits: readonly string[];
    readonly by: string | null;
  },
): Promise<void> {
  const { studioId, now } = context;
  const { n, content, edits, by } = version;
  const key = await careKey(tx, context, plan.clientId);
  await tx
    .insertInto('planVersions')
    .values({
      studioId,
      planId: plan.id,
      n,
      sealed: sealJson(key.bytes, sealedPlaces.planVersion(studioId, plan.id, n), content),
      edits: sql`${JSON.stringify(edits)}::jsonb`,
      engine: content.document.engine,
      createdBy: by,
      createdAt: now(),
    })
    .execute();
}

/** A client's plans with their versions, the newest first. */
export async function listPlans(tx: Transaction<Tables>, context: StudioContext, clientId: string, planId?: string) {
  const { studioId } = context;
  const rows = await tx
    .selectFrom('plans')
    .innerJoin('planVersions', (join) =>
      join.onRef('planVersions.studioId', '=', 'plans.studioId').onRef('planVersions.planId', '=', 'plans.id'),
    )
    .select([
      'plans.id',
      'plans.title',
      'plans.createdAt as planCreatedAt',
      'planVersions.n',
      'planVersions.edits',
      'planVersions.engine',
      'planVersions.sealed',
      'planVersions.createdAt',
      'planVersions.acceptedAt',
    ])
    .where('plans.studioId', '=', studioId)
    .where('plans.clientId', '=', clientId)
    .$if(planId !== undefined, (of) => of.where('plans.id', '=', planId!))
    .orderBy('plans.createdAt', 'desc')
    .orderBy('plans.id')
    .orderBy('planVersions.n')
    .execute();
  if (rows.length === 0) return [];
  const key = await careKey(tx, context, clientId);
  const versionOf = (row: (typeof rows)[number]) => {
    const content = openJson(key.bytes, sealedPlaces.planVersion(studioId, row.id, row.n), row.sealed) as PlanContent;
    return {
      n: row.n,
      edits: row.edits as string[],
      engine: row.engine,
      createdAt: row.createdAt.toISOString(),
      acceptedAt: row.acceptedAt?.toISOString() ?? null,
      saying: sayingOf(content.summary),
    };
  };
  const plans: {
    id: string;
    clientId: string;
    title: string;
    createdAt: string;
    versions: ReturnType<typeof versionOf>[];
  }[] = [];
  for (const row of rows) {
    if (plans.at(-1)?.id !== row.id) {
      plans.push({ id: row.id, clientId, title: row.title, createdAt: row.planCreatedAt.toISOString(), versions: [] });
    }
    plans.at(-1)!.versions.push(versionOf(row));
  }
  return plans;
}
