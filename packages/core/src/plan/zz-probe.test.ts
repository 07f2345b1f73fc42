import { it } from 'vitest';
import sharp from 'sharp';
import { drawnUp, mannequin, realPerson, painted } from './testing/photographed-plan.ts';
import { openPhoto, samplePhoto, sharedPhoto } from '../vision/testing/node-models.ts';
import { realisePlan } from './realise-plan.ts';
import { sceneOf, pictureAt } from './picture-plan.ts';
import { sampleReserve } from './testing/sample-plan.ts';
it('p', async () => {
  const man = await mannequin();
  const cap = painted(man, [235, 232, 225], (x, y) => { const u = (x - 720) / 365, v = (y - 600) / 560; return y < 600 + 60 * u * u && u * u + v * v < 1; });
  const snug = painted(man, [215, 190, 160], (x, y) => { const u = (x - 720) / 315, v = (y - 600) / 440; return y < 580 + 60 * u * u && u * u + v * v < 1; });
  for (const [n, px] of [['real', await realPerson()], ['p03', await openPhoto(sharedPhoto('portraits1024/p03.jpg')!)], ['cap', cap], ['snug', snug]] as const) {
    try {
      const d = await drawnUp(px, { measures: [] });
      const scene = sceneOf(realisePlan(d, sampleReserve()), d.photos[0], px);
      const pic = pictureAt(scene, { kind: 'healed' });
      console.log(n, scene.visibleDots, scene.hairShare, pic.changed.reduce((a, b) => a + b, 0), Math.max(...[0,1,2].map((q)=>{let m=0; for (let k=q;k<scene.veil.length;k+=3) m=Math.max(m, scene.veil[k]); return m;})));
      const a = sharp(Buffer.from(px.rgba), { raw: { width: px.widthPx, height: px.heightPx, channels: 4 } }).removeAlpha();
      const b = sharp(Buffer.from(pic.rgba), { raw: { width: px.widthPx, height: px.heightPx, channels: 4 } }).removeAlpha();
      const w = Math.min(px.widthPx, 700);
      const [A, B] = await Promise.all([a.resize(w).png().toBuffer(), b.resize(w).png().toBuffer()]);
      const h = (await sharp(A).metadata()).height!;
      await sharp({ create: { width: 2 * w, height: h, channels: 3, background: '#000' } }).composite([{ input: A, left: 0, top: 0 }, { input: B, left: w, top: 0 }]).png().toFile(`/tmp/w/pair-${n}.png`);
    } catch (e: any) { console.log(n, e.code ?? e, e.detail); }
  }
}, 200000);
