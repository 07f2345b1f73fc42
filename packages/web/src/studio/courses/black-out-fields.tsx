import { dayWords } from '@stipple/core/calendar/day-words.ts';
import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { useState } from 'preact/hooks';
import { SelectField, TextField } from '../parts/fields.tsx';
import type { BlackOut } from './course-words.ts';

/** What the time is for decides what has to keep away from it. */
const KINDS: readonly { readonly value: BlackOut['kind']; readonly label: string }[] = [
  { value: 'away', label: 'Away, or cannot come' },
  { value: 'swimming', label: 'Holiday with swimming' },
  { value: 'sun', label: 'Holiday in the sun' },
  { value: 'wedding', label: 'Wedding or another great day' },
];
const kindWords = (kind: BlackOut['kind']): string => KINDS.find(({ value }) => value === kind)?.label ?? kind;

interface BlackOutFieldsProps {
  readonly blackOuts: readonly BlackOut[];
  readonly onChange: (blackOuts: readonly BlackOut[]) => void;
  readonly today: PlainDay;
}

/** Times of the client's life that the course keeps clear of: added one by one. */
export function BlackOutFields({ blackOuts, onChange, today }: BlackOutFieldsProps) {
  const [kind, setKind] = useState<BlackOut['kind']>('away');
  const [firstDay, setFirstDay] = useState('');
  const [lastDay, setLastDay] = useState('');
  const last = lastDay || firstDay;
  const isUsable = firstDay !== '' && last >= firstDay;
  const add = (): void => {
    onChange([...blackOuts, { kind, firstDay, lastDay: last }]);
    setFirstDay('');
    setLastDay('');
  };
  return (
    <fieldset class="black-outs">
      <legend class="label">Keep clear of</legend>
      {blackOuts.length > 0 && (
        <ul class="plain-list">
          {blackOuts.map((blackOut) => (
            <li key={`${blackOut.kind} ${blackOut.firstDay}`} class="row">
              <span>
                {kindWords(blackOut.kind)}: {dayWords(blackOut.firstDay)}
                {blackOut.lastDay !== blackOut.firstDay && ` to ${dayWords(blackOut.lastDay)}`}
              </span>
              <button
                type="button"
                class="link"
                aria-label={`Remove ${kindWords(blackOut.kind)}, ${dayWords(blackOut.firstDay)}`}
                onClick={() => onChange(blackOuts.filter((other) => other !== blackOut))}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="black-out-new">
        <SelectField label="What it is" value={kind} options={KINDS} onChange={setKind} />
        <TextField label="First day" type="date" isOptional min={today} value={firstDay} onChange={setFirstDay} />
        <TextField
          label="Last day"
          type="date"
          isOptional
          min={firstDay || today}
          value={lastDay}
          onChange={setLastDay}
        />
        <button type="button" class="button" disabled={!isUsable} onClick={add}>
          Add
        </button>
      </div>
    </fieldset>
  );
}
