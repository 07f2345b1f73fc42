/** Zones and charts as a practitioner calls them. */
import type { Presentation } from '@stipple/core/scalp/scalp-design.ts';

const ZONES: Readonly<Record<string, string>> = {
  hairline: 'Hairline',
  front: 'Front',
  'temple-l': 'Left temple',
  'temple-r': 'Right temple',
  mid: 'Mid-scalp',
  crown: 'Crown',
  'side-l': 'Left side',
  'side-r': 'Right side',
  back: 'Back',
  scar: 'Scar',
  'scar-blend': 'Beside the scar',
  'donor-l': 'Left donor area',
  'donor-r': 'Right donor area',
  'donor-back': 'Donor area behind',
  repair: 'Earlier work',
};

/** Patches are numbered: patch-2 is 'Patch 2'. */
export const zoneName = (id: string): string => ZONES[id] ?? id.replace(/^patch-/, 'Patch ');

const STAGES = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII'];

export function presentationName(presentation: Presentation): string {
  switch (presentation.kind) {
    case 'norwood':
      return `Norwood ${STAGES[presentation.stage - 1]}`;
    case 'ludwig':
      return `Ludwig ${STAGES[presentation.stage - 1]}`;
    case 'full':
      return 'Full shaved look';
    case 'hairline':
      return 'Hairline';
    case 'fut-scar':
      return 'Scar of a strip transplant';
    case 'fue-scars':
      return 'Dot scars of a transplant';
    case 'patch':
      return 'Patches';
  }
}
