import type { LateralHump, Presentation, Temples } from '@stipple/core/scalp/scalp-design.ts';

export interface Choices {
  readonly temples?: Temples;
  readonly hump?: LateralHump;
}

/** What was chosen beside a treatment. */
export const choicesOf = (presentation: Presentation): Choices => ({
  ...('temples' in presentation && { temples: presentation.temples }),
  ...('hump' in presentation && { hump: presentation.hump }),
});

/** A treatment with what was chosen beside it or another, as far as it has that choice; what is usual is left unsaid. */
export function withChoices(presentation: Presentation, { temples, hump }: Choices): Presentation {
  const peaks = temples === 'rebuilt' ? { temples } : {};
  if (presentation.kind === 'hairline') return { kind: 'hairline', ...peaks };
  if (presentation.kind !== 'norwood') return presentation;
  const { kind, stage } = presentation;
  return { kind, stage, ...peaks, ...(hump === 'respected' && stage >= 6 && { hump }) };
}
