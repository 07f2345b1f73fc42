import { it } from 'vitest';
import { readFileSync, writeFileSync } from 'node:fs';
import { openPhoto, runRealModel, samplePhoto, ONE_PERSON } from '../vision/testing/node-models.ts';
import { drawUpPlan } from './draw-up-plan.ts';
import { takeMeasure } from '../head/take-measure.ts';
import { realisePlan } from './realise-plan.ts';
import { sceneOf, pictureAt } from './picture-plan.ts';
import { summarisePlan } from './summarise-plan.ts';
import { sampleReserve } from './testing/sample-plan.ts';
import { measurePicture } from '../render/measure-picture.ts';

const req = (m: any) => ({ client: { sex: 'm', ageYears: 42 }, measures: m, presentation: { kind: 'norwood', stage: 6 }, sessions: 3, reason: null, start: '2027-01-11', timeZone: 'Europe/Berlin', seed: 7 }) as any;
it('probe', async () => {
  for (const [name, px, m] of [
    ['mannequin', await openPhoto('/work/main/packages/web/public/mannequin.jpg'), [takeMeasure('circumference', 575)]],
    ['sample', await openPhoto(samplePhoto(5), ONE_PERSON), []],
  ] as any) {
    const t0 = performance.now();
    try {
    const doc = await drawUpPlan(req(m), { view: 'front', sha256: 'ab'.repeat(32), pixels: px, focal35mm: null, hairMask: null }, runRealModel);
    const t1 = performance.now();
    const plan = realisePlan(doc, sampleReserve());
    const t2 = performance.now();
    const scene = sceneOf(plan, doc.photos[0], px);
    const t3 = performance.now();
    const healed = pictureAt(scene, { kind: 'healed' });
    const t4 = performance.now();
    console.log(name, t1 - t0, t2 - t1, t3 - t2, t4 - t3, JSON.stringify({ ...doc, photos: doc.photos.map((p) => ({ ...p, person: 0, hair: p.hair && 1 })) }), measurePicture(scene, healed), scene.hairShare);
    console.log(JSON.stringify(summarisePlan(plan, new Map([['front', scene]]))).slice(0, 3000));
    } catch (e) { console.log(name, e); }
  }
}, 100000);
