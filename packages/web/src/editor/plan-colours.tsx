import type { ColourSummary, PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import { lightOfLab, type Colour3 } from '@stipple/core/pigment/lab.ts';
import { encodeValue } from '@stipple/core/pigment/linear-light.ts';
import { hairInWords, skinInWords } from './colour-words.ts';
import { oneDecimal, whole } from './number-text.ts';

type Pigment = PlanSummary['pigment'];

/** Skin, hair and pigment with their intervals and sources; what the colour card did; the mixture and why. */
export function PlanColours({ pigment }: { readonly pigment: Pigment }) {
  const { skin, hair, card, choice, light } = pigment;
  if (!skin || !hair) return null;
  return (
    <section class="checks colour-report" aria-labelledby="colours-title">
      <h3 id="colours-title">Colours</h3>
      <ul class="colour-rows">
        <Measured name="Skin" words={skinInWords(skin)} colour={skin}>
          {skin.type && `Fitzpatrick about ${range(skin.type.fitzpatrick)} (estimate). `}
        </Measured>
        <Measured name="Hair" words={hairInWords(hair)} colour={hair} />
      </ul>
      {card?.use && (
        <p class="hint" data-card={card.name}>
          {card.name} in the {card.view} photo, corrected {card.use.words}, on {card.use.used} of {card.use.read}{' '}
          patches. Difference from the known colours (dE00): {oneDecimal.format(card.use.meanBefore)} before,{' '}
          {oneDecimal.format(card.use.meanAfter)} after on the mean, {oneDecimal.format(card.use.mostAfter)} at most.
          {light !== null &&
            light.kelvin !== null &&
            ` White looks like ${whole.format(light.kelvin)} K in it: ${light.verdict} light.`}
        </p>
      )}
      {choice && (
        <>
          <p>
            <strong>
              {choice.name}
              {choice.maker && `, ${choice.maker}`}, 1 : {choice.dilution}
            </strong>
          </p>
          {choice.reasons.map((reason) => (
            <p key={reason} class="hint">
              {reason}
            </p>
          ))}
          <ol class="colour-days">
            {choice.days.map(({ day, lab, fall }) => (
              <li key={day}>
                <Swatch lab={lab} />
                {day === 0 ? 'fresh' : `day ${day}`}
                <small>{whole.format(100 * fall)} % darker</small>
              </li>
            ))}
          </ol>
          <p class="hint">{choice.label}</p>
        </>
      )}
    </section>
  );
}

interface MeasuredProps {
  readonly name: string;
  readonly words: string;
  readonly colour: ColourSummary;
  readonly children?: string | null | false;
}

function Measured({ name, words, colour: { lab, low, high, source }, children = null }: MeasuredProps) {
  const values = ([0, 1, 2] as const).map(
    (k) => `${'Lab'[k]}* ${whole.format(lab[k])} (${whole.format(low[k])} to ${whole.format(high[k])})`,
  );
  return (
    <li>
      <Swatch lab={lab} />
      <span>
        <strong>{name}</strong> {words}
        <small>
          {children}
          {values.join(', ')}; {source}
        </small>
      </span>
    </li>
  );
}

const range = ([from, to]: readonly [number, number]): string => (from === to ? `${from}` : `${from} to ${to}`);

function Swatch({ lab }: { readonly lab: Colour3 }) {
  const code = (light: number): number => Math.round(255 * encodeValue(Math.min(1, Math.max(0, light))));
  const colour = lightOfLab(lab).map(code).join(' ');
  return <span class="colour-swatch" style={{ background: `rgb(${colour})` }} aria-hidden="true" />;
}
