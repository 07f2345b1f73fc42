import { beforeAll, describe, expect, it } from 'vitest';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import { testApp, type TestApp, type TestBrowser } from '../http/testing/test-app.ts';
import { planEdits } from './plan-edits.ts';

let app: TestApp;
let owner: TestBrowser;
let clientId: string;
const document = sampleDocument();
const summary = summarisePlan(realisePlan(document, sampleReserve()));
const edited = { ...document, seed: document.seed + 1, presentation: { kind: 'norwood', stage: 5 } } as typeof document;

beforeAll(async () => {
  app = await testApp();
  owner = await app.owner();
  clientId = (await owner.post('/clients', { status: 'active', profile: { name: 'Paula Plan' } })).body.id;
});

describe('plans', () => {
  it('are kept as versions, each with what was edited, and open as they were', async () => {
    const made = await owner.post(`/clients/${clientId}/plans`, { title: 'First look', document, summary });
    expect(made.status).toBe(200);
    const planId = made.body.id;
    expect(made.body.versions[0].saying).toMatch(/^\d+ cm2, [\d ]+ dots, 3 sessions$/);
    const next = await owner.post(`/plans/${planId}/versions`, { basedOn: 1, document: edited, summary });
    expect(next.body.versions.map(({ n, edits }: { n: number; edits: string[] }) => [n, edits])).toEqual([
      [1, []],
      [2, ['Presentation: stage 6 to 5', 'Another pattern of dots']],
    ]);
    expect((await owner.get(`/plans/${planId}/versions/1`)).body).toEqual(
      JSON.parse(JSON.stringify({ document, summary })),
    );
    const late = await owner.post(`/plans/${planId}/versions`, { basedOn: 1, document, summary });
    expect(late).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } });
    expect((await owner.post(`/plans/${planId}/versions/2/accept`)).body.versions[1].acceptedAt).not.toBeNull();
    expect((await owner.post(`/plans/${planId}/versions/2/accept`)).body.code).toBe('not-in-this-state');
  });

  it('made at the same time from the same version: one is kept, the other is told', async () => {
    const { id } = (await owner.post(`/clients/${clientId}/plans`, { title: 'Race', document, summary })).body;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => owner.post(`/plans/${id}/versions`, { basedOn: 1, document: edited, summary })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'changed-meanwhile')).toHaveLength(5);
  });

  it('lose title and edits when the client is erased, since they may name the person', async () => {
    const id = (await owner.post('/clients', { status: 'active', profile: { name: 'Erik Erased' } })).body.id;
    const made = await owner.post(`/clients/${id}/plans`, { title: 'For Erik Erased', document, summary });
    await owner.post(`/plans/${made.body.id}/versions`, { basedOn: 1, document: edited, summary });
    expect((await owner.post(`/clients/${id}/erase`, { confirmName: 'Erik Erased' })).status).toBe(200);
    const { plans, versions } = await app.storage.inEveryStudio(async (tx) => ({
      plans: await tx.selectFrom('plans').selectAll().where('clientId', '=', id).execute(),
      versions: await tx.selectFrom('planVersions').selectAll().where('planId', '=', made.body.id).execute(),
    }));
    expect(plans.map(({ title }) => title)).toEqual(['']);
    expect(versions.map(({ edits }) => edits)).toEqual([[], []]);
  });

  it('that are none are refused by the words of the document, and stand sealed in the database', async () => {
    const wrong = await owner.post(`/clients/${clientId}/plans`, { title: '', document: { schema: 2 }, summary });
    expect(wrong.body.code).toBe('document-invalid');
    const numbers = await owner.post(`/clients/${clientId}/plans`, { title: '', document, summary: { dots: -1 } });
    expect(numbers.body.code).toBe('input-wrong');
    expect(numbers.body.data.detail).toMatch(/^summary[.]\w+ (is missing|must be)/);
    const rows = await app.storage.inEveryStudio((tx) => tx.selectFrom('planVersions').select('sealed').execute());
    expect(rows.length).toBeGreaterThan(0);
    for (const { sealed } of rows) expect(sealed.toString('latin1')).not.toContain('presentation');
  });
});

describe('planEdits', () => {
  it('says nothing of two equal documents, and names measures, marks, photos and how dots lie', () => {
    expect(planEdits(document, JSON.parse(JSON.stringify(document)))).toEqual([]);
    const [first, ...rest] = document.measures;
    const changed = {
      ...document,
      measures: [{ ...first!, valueMm: first!.valueMm + 4.04 }, ...rest],
      photos: document.photos.map((photo) => ({ ...photo, sha256: 'f'.repeat(64) })),
      unevenness: 0.13,
      fading: ['smoker', 'oily-skin'] as const,
    };
    const name = first!.kind.replaceAll('-', ' ');
    expect(planEdits(document, changed)).toEqual([
      `Measure ${name}: ${first!.valueMm} to ${first!.valueMm + 4} mm`,
      ...document.photos.map(({ view }) => `Another photo ${view}`),
      'Unevenness of the dots as usual to 0.13',
      'What makes it fade: smoker, oily skin',
    ]);
  });
});
