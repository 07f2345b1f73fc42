/** Which photos of the shared test data the healed pictures are shown on: light to very dark skin, bald to receding. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { AnchorName } from '@stipple/core/vision/anchors.ts';
import type { Anchor } from '@stipple/core/vision/view-evidence.ts';
import type { Presentation } from '@stipple/core/scalp/scalp-design.ts';

export interface Portrait {
  readonly name: string;
  readonly path: string;
  readonly client: PlanDocument['client'];
  readonly presentation: Presentation;
  readonly anchors: readonly Anchor[];
}

const norwood = (stage: 3 | 4 | 5 | 6 | 7): Presentation => ({ kind: 'norwood', stage });
const man = { sex: 'm', ageYears: 42 } as const;
const woman = { sex: 'f', ageYears: 50 } as const;

interface Shown {
  readonly client?: PlanDocument['client'];
  /** Where a bowed head hides its face: points that place it, x and y in photo pixels, picked by eye. */
  readonly anchors?: Partial<Readonly<Record<AnchorName, readonly [number, number]>>>;
}

/** Folder, name and presentation as the pictures show it; those that the planner refuses are part of the sheet. */
const SHOWN: readonly (readonly [file: string, presentation: Presentation, shown?: Shown])[] = [
  ['portraits1024/p01.jpg', norwood(7)],
  ['portraits1024/p02.jpg', norwood(6)],
  ['portraits1024/p03.jpg', norwood(7)],
  ['portraits1024/p04.jpg', norwood(7)],
  ['portraits1024/p05.jpg', norwood(6)],
  ['portraits1024/p06.jpg', norwood(6)],
  ['portraits1024/p07.jpg', norwood(6)],
  ['portraits1024/p08.jpg', norwood(4)],
  ['portraits1024/p09.jpg', norwood(5)],
  ['portraits1024/p10.jpg', { kind: 'hairline' }],
  ['portraits1024/p11.jpg', norwood(7)],
  ['portraits1024/p12.jpg', { kind: 'ludwig', stage: 2 }, { client: woman }],
  ['portraits450/A000055.jpg', norwood(7)],
  ['portraits450/C000984.jpg', norwood(7)],
  ['portraits450/C001067.jpg', { kind: 'ludwig', stage: 1 }, { client: woman }],
  ['portraits450/H001029.jpg', norwood(6)],
  ['portraits450/L000287.jpg', norwood(7)],
  ['portraits450/L000560.jpg', norwood(6)],
  ['portraits450/T000326.jpg', norwood(7)],
  ['portraits450/W000273.jpg', norwood(7)],
  [
    'multiview5/m01_L5_front.jpg',
    norwood(5),
    {
      anchors: { 'right-ear-top': [37, 264], 'left-ear-top': [626, 252], glabella: [342, 463], 'nose-tip': [336, 580] },
    },
  ],
  [
    'multiview5/m02_L6_front.jpg',
    norwood(6),
    {
      anchors: { 'right-ear-top': [45, 267], 'left-ear-top': [601, 281], glabella: [317, 428], 'nose-tip': [317, 528] },
    },
  ],
  [
    'multiview5/m04_L5_front.jpg',
    norwood(5),
    {
      anchors: {
        'right-ear-top': [38, 267],
        glabella: [356, 440],
        'nose-tip': [362, 580],
        'right-canthus': [169, 443],
        'left-canthus': [515, 440],
      },
    },
  ],
  [
    'multiview5/m06_L6_front.jpg',
    norwood(6),
    {
      anchors: { 'right-ear-top': [41, 253], 'left-ear-top': [612, 251], glabella: [377, 456], 'nose-tip': [375, 573] },
    },
  ],
];

/** Those of `shared` (the folder of the test data) that are there, and the rendered example of the page in `root`. */
export function portraitsIn(shared: string, root: string): Portrait[] {
  const photographed = SHOWN.map(([file, presentation, { client = man, anchors = {} } = {}]) => ({
    name: file.replace(/^.*[/]|[.]jpg$/g, ''),
    path: join(shared, file),
    client,
    presentation,
    anchors: Object.entries(anchors).map(([name, [xPx, yPx]]) => ({ name: name as AnchorName, xPx, yPx })),
  }));
  const path = join(root, 'packages/web/public/mannequin.jpg');
  const rendered = { name: 'mannequin', path, client: man, presentation: norwood(6), anchors: [] };
  return [...photographed, rendered].filter((portrait) => existsSync(portrait.path));
}
