/** Plans as versions: a version never changes, the next one says what was edited. */
import { api, assertOwn } from '../request/implementer.ts';
import { audited } from '../request/audited.ts';
import { refused } from '../request/refused.ts';
import { accountOf } from '../request/request-context.ts';
import { planEdits } from './plan-edits.ts';
import {
  assertClientOpen,
  insertPlanVersion,
  listPlans,
  planContentOf,
  readPlan,
  readPlanContent,
} from './plan-record.ts';

export const planHandlers = {
  plans: api.plans.handler(({ input: { clientId }, context }) => {
    assertOwn(context, clientId);
    return context.inStudio(async (tx) => ({ items: await listPlans(tx, context, clientId) }));
  }),

  createPlan: api.createPlan.handler(({ input: { clientId, title, document, summary }, context }) => {
    const content = planContentOf(document, summary);
    return context.inStudio(async (tx) => {
      const { studioId, newId, now, caller } = context;
      await assertClientOpen(tx, context, clientId);
      const plan = { id: newId(), clientId };
      await tx
        .insertInto('plans')
        .values({ studioId, ...plan, title: title || 'Plan', createdAt: now() })
        .execute();
      await insertPlanVersion(tx, context, plan, { n: 1, content, edits: [], by: accountOf(caller) });
      await audited(tx, context, 'plan.create', { kind: 'plan', id: plan.id }, { clientId });
      return (await listPlans(tx, context, clientId, plan.id))[0]!;
    });
  }),

  addPlanVersion: api.addPlanVersion.handler(({ input: { planId, basedOn, document, summary }, context }) => {
    const content = planContentOf(document, summary);
    return context.inStudio(async (tx) => {
      const { studioId, caller } = context;
      const plan = await readPlan(tx, context, planId);
      await assertClientOpen(tx, context, plan.clientId);
      // Whoever adds the next version at the same time waits here and then sees this one.
      await tx
        .selectFrom('plans')
        .select('id')
        .where('studioId', '=', studioId)
        .where('id', '=', planId)
        .forUpdate()
        .execute();
      const { n } = await tx
        .selectFrom('planVersions')
        .select((of) => of.fn.max('n').as('n'))
        .where('studioId', '=', studioId)
        .where('planId', '=', planId)
        .executeTakeFirstOrThrow();
      if (n !== basedOn) throw refused('changed-meanwhile', `the plan is at version ${n}`);
      const before = await readPlanContent(tx, context, plan, n);
      const edits = planEdits(before.document, content.document);
      await insertPlanVersion(tx, context, plan, { n: n + 1, content, edits, by: accountOf(caller) });
      await audited(tx, context, 'plan.version', { kind: 'plan', id: planId }, { n: n + 1 });
      return (await listPlans(tx, context, plan.clientId, planId))[0]!;
    });
  }),

  planDocument: api.planDocument.handler(({ input: { planId, n }, context }) =>
    context.inStudio(async (tx) => readPlanContent(tx, context, await readPlan(tx, context, planId), n)),
  ),

  acceptPlan: api.acceptPlan.handler(({ input: { planId, n }, context }) =>
    context.inStudio(async (tx) => {
      const { studioId, now } = context;
      const plan = await readPlan(tx, context, planId);
      const { numUpdatedRows } = await tx
        .updateTable('planVersions')
        .set({ acceptedAt: now() })
        .where('studioId', '=', studioId)
        .where('planId', '=', planId)
        .where('n', '=', n)
        .where('acceptedAt', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw refused('not-in-this-state', 'there is no such version, or it is accepted');
      await audited(tx, context, 'plan.accept', { kind: 'plan', id: planId }, { n });
      return (await listPlans(tx, context, plan.clientId, planId))[0]!;
    }),
  ),
};
