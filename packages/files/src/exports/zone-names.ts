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
};

export const zoneName = (id: string): string => ZONES[id] ?? id;

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
  }
}
