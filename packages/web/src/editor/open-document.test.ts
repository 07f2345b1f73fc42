import { describe, expect, it } from 'vitest';
import { buildHead } from '@stipple/core/head/build-head.ts';
import { takeMeasure } from '@stipple/core/head/take-measure.ts';
import { takeZoneTape } from '@stipple/core/head/zone-tape.ts';
import { marksOnSkin } from '@stipple/core/plan/marks-on-skin.ts';
import { designWhorl } from '@stipple/core/scalp/design-whorl.ts';
import { sampleDocument } from '@stipple/core/plan/testing/sample-plan.ts';
import type { ScalpDrawing } from '@stipple/core/plan/plan-request.ts';
import { project } from '@stipple/core/vec/camera.ts';
import { drawnOf, formOf } from './open-document.ts';
import { requestOf } from './request-of.ts';

describe('a kept plan on the planning page', () => {
  it('fills the form so that it asks for the same again', () => {
    const measures = [
      takeMeasure('circumference', 575),
      takeMeasure('circumference', 578.5),
      takeMeasure('length', 195, 4),
    ];
    const document = sampleDocument({ measures, zoneTapes: [takeZoneTape('bald-length', 140)], unevenness: 0.12 });
    const request = requestOf(formOf(document));
    expect(request).toMatchObject({
      client: document.client,
      measures,
      zoneTapes: document.zoneTapes,
      presentation: document.presentation,
      sessions: 3,
      start: '2027-01-11',
      unevenness: 0.12,
    });
  });

  it('asks for dots as usual where the plan says nothing of them', () => {
    expect(requestOf(formOf(sampleDocument()))).not.toHaveProperty('unevenness');
  });

  it('has what makes the work fade, but for the scar that the treatment itself says', () => {
    const fading = ['oily-skin', 'scar'] as const;
    expect(formOf(sampleDocument({ fading, presentation: { kind: 'fut-scar' } })).fading).toEqual(['oily-skin']);
    expect(formOf(sampleDocument({ fading })).fading).toEqual(fading);
  });

  it('takes along what the form has no field for', () => {
    const course = { ...sampleDocument().course, sessions: 2, gapsDays: [10], reason: 'a small scar' } as const;
    const form = formOf(sampleDocument({ seed: 31, course, isCardLight: true }));
    const carried = { seed: 31, sessions: 2, reason: 'a small scar', isCardLight: true };
    expect(requestOf(form)).toMatchObject(carried);
    expect(requestOf({ ...form, sessions: 3 }), 'it was the reason for two').toMatchObject({ reason: null });
  });

  it('draws on no photo the whorl that nobody marked, which would come to lie on the near side of the head', () => {
    const plain = sampleDocument();
    const drawn = drawnOf({ ...plain, marks: [designWhorl(buildHead(plain.head.shape), plain.seed)] });
    expect(drawn['front']!.marks).toEqual([]);
    const marked = { kind: 'whorl', centreMm: [6, 110, -74] } as const;
    expect(drawnOf({ ...plain, marks: [marked] })['front']!.marks).toHaveLength(1);
  });

  it('has its marks back on the photo, where they come to the same places of the skin', () => {
    const plain = sampleDocument();
    const [photo] = plain.photos;
    const head = buildHead(plain.head.shape);
    const [x, y] = [photo!.widthPx / 2, photo!.heightPx * 0.3];
    const drawn: ScalpDrawing[] = [
      { kind: 'mole', at: [x, y], diameterMm: 4 },
      {
        kind: 'fut-scar',
        line: [
          [x - 40, y],
          [x, y + 8],
          [x + 40, y],
        ],
        widthMm: 3,
      },
      {
        kind: 'keep-out-area',
        outline: [
          [x + 20, y - 20],
          [x + 50, y - 20],
          [x + 50, y + 10],
        ],
      },
      {
        kind: 'patch',
        outline: [
          [x - 30, y],
          [x + 30, y],
          [x, y + 30],
        ],
      },
    ];
    const marks = marksOnSkin(drawn, 'front', photo!.camera, head);
    const again = drawnOf({ ...plain, marks })['front']!.marks as readonly ScalpDrawing[];
    expect(again.map(({ kind }) => kind)).toEqual(['mole', 'fut-scar', 'keep-out-area', 'patch']);
    const back = marksOnSkin(again, 'front', photo!.camera, head);
    const flat = (of: typeof marks) =>
      of.flatMap((mark) =>
        JSON.stringify(mark)
          .match(/-?\d+(\.\d+)?/g)!
          .map(Number),
      );
    flat(back).forEach((value, i) => expect(Math.abs(value - flat(marks)[i]!)).toBeLessThan(0.1));
  });

  it('asks again for what was to be read, on the photo that it was asked of', () => {
    const plain = sampleDocument();
    const [photo] = plain.photos;
    const [fromMm, , toMm] = plain.hairline.controlsMm.slice(6);
    const readings = [
      { kind: 'tape', view: 'front', fromMm: fromMm!, toMm: toMm!, sdMm: 2 },
      { kind: 'area', view: 'front', outlineMm: plain.hairline.controlsMm.slice(5, 9), relativeSd: 0.05 },
    ] as const;
    const [tape, area] = drawnOf({ ...plain, readings })['front']!.marks;
    const [x, y] = project(photo!.camera, fromMm!);
    expect(tape).toMatchObject({ kind: 'tape', line: [[expect.closeTo(x, 1), expect.closeTo(y, 1)], {}] });
    expect(area).toMatchObject({ kind: 'area' });
    expect(drawnOf({ ...plain, readings: [{ ...readings[0], view: 'top' }] })['front']!.marks).toEqual([]);
  });
});
