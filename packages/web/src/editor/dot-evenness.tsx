import { SPREADS } from '@stipple/core/dots/layout-style.ts';
import { Fold } from './fold.tsx';

interface DotEvennessProps {
  /** Spread of nearest distances; null as usual. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

const CHOICES: readonly (readonly [value: number | null, label: string])[] = [
  [SPREADS.least, 'Even'],
  [null, 'Usual'],
  [0.13, 'Loose'],
  [SPREADS.most, 'By hand'],
];

/** How evenly the dots lie, in words; a value between them, from an opened plan, is a choice of its own. */
export function DotEvenness({ value, onChange }: DotEvennessProps) {
  const isListed = CHOICES.some(([listed]) => listed === value);
  const choices = isListed ? CHOICES : [...CHOICES, [value, `As kept, ${value}`] as const];
  return (
    <Fold summary="How even the dots lie" isNeeded={value !== null}>
      <div class="fields">
        <fieldset class="segmented">
          <legend>Dots</legend>
          {choices.map(([choice, label]) => (
            <label key={label} class={choice === value ? 'on' : ''}>
              <input type="radio" name="evenness" checked={choice === value} onChange={() => onChange(choice)} />
              {label}
            </label>
          ))}
        </fieldset>
        <p class="hint">
          An estimate: hair roots lie more evenly than chance and less than a lattice, but nobody has published how
          evenly they or a practitioner’s dots do. As many dots in the same places of the head, whichever you choose.
        </p>
      </div>
    </Fold>
  );
}
