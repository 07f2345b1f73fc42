interface TapeScaleProps {
  readonly fromMm: number;
  readonly toMm: number;
  /** Where most heads lie. */
  readonly usualMm: readonly [from: number, to: number];
  readonly valueMm: number | null;
  /** The second reading, when there is one. */
  readonly againMm: number | null;
}

const WIDTH = 320;
const HEIGHT = 34;
const every = (step: number, from: number, to: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

/** A piece of tape measure in the field's own unit that shows where the value lies among heads: a slip of the tape is seen at once. */
export function TapeScale({ fromMm, toMm, usualMm, valueMm, againMm }: TapeScaleProps) {
  const x = (mm: number): number => ((mm - fromMm) / (toMm - fromMm)) * WIDTH;
  const shown = [valueMm, againMm].filter((mm) => mm !== null && mm >= fromMm && mm <= toMm);
  return (
    <svg class="tape" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <rect class="tape-body" width={WIDTH} height={HEIGHT} rx="2" />
      <rect class="tape-usual" x={x(usualMm[0])} width={x(usualMm[1]) - x(usualMm[0])} y={HEIGHT - 5} height="5" />
      <path
        class="tape-tick"
        d={every(2, fromMm, toMm)
          .map((mm) => `M${x(mm)} 0v${mm % 10 ? 5 : 9}`)
          .join('')}
      />
      {every(20, fromMm + 10 - (fromMm % 10), toMm - 6).map((mm) => (
        <text key={mm} class="tape-number" x={x(mm)} y="21">
          {mm}
        </text>
      ))}
      {shown.map((mm, k) => (
        <path key={k} class="tape-mark" d={`M${x(mm!)} 0V${HEIGHT}`} />
      ))}
    </svg>
  );
}
