import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { minutesOfPlan } from '@stipple/core/course/minutes-of-plan.ts';
import { needsReason } from '@stipple/core/course/wanted-sessions.ts';
import { AreaField, ChoiceField, SelectField, TextField } from '../parts/fields.tsx';
import { SKILL_WORDS, type Skill, type Studio } from '../parts/session.ts';
import { WEEKDAYS } from '../parts/time-words.ts';
import { BlackOutFields } from './black-out-fields.tsx';
import type { CourseWish } from './use-course-wish.ts';

const SKILLS = (Object.entries(SKILL_WORDS) as [Skill, string][]).map(([value, label]) => ({ value, label }));
const SESSIONS = ['2', '3', '4', '5', '6'].map((value) => ({ value, label: value }));

interface WishFieldsProps {
  readonly wish: CourseWish;
  readonly change: (part: Partial<CourseWish>) => void;
  readonly studio: Studio;
  readonly today: PlainDay;
  /** Hours of the sessions by the client's plan; null where no plan says. */
  readonly planned: readonly number[] | null;
}

/** What the course is to be and what it has to fit around. */
export function WishFields({ wish, change, studio, today, planned }: WishFieldsProps) {
  const locations = studio.locations.filter(({ active }) => active);
  const able = studio.practitioners.filter(
    ({ active, locationId, skills }) => active && locationId === wish.locationId && skills.includes(wish.skill),
  );
  const gaps = studio.settings.gapsDays.slice(0, Number(wish.sessions) - 1).join(', then ');
  return (
    <>
      <ChoiceField legend="Treatment" value={wish.skill} options={SKILLS} onChange={(skill) => change({ skill })} />
      <ChoiceField
        legend="Sessions"
        value={wish.sessions}
        options={SESSIONS}
        onChange={(sessions) => change({ sessions })}
      />
      {needsReason(Number(wish.sessions)) && (
        <AreaField
          label={wish.sessions === '2' ? 'Why two are enough' : 'Why more than four'}
          hint="Three or four is usual. The reason stays with the course."
          rows={2}
          maxLength={500}
          value={wish.reason}
          onChange={(reason) => change({ reason })}
        />
      )}
      <div class="form-pair">
        {locations.length > 1 && (
          <SelectField
            label="Where"
            value={wish.locationId}
            options={locations.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(locationId) => change({ locationId, practitionerId: '' })}
          />
        )}
        <SelectField
          label="With whom"
          value={wish.practitionerId}
          options={[
            { value: '', label: 'Whoever is free' },
            ...able.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(practitionerId) => change({ practitionerId })}
        />
        <TextField
          label="Not before"
          type="date"
          isOptional
          min={today}
          value={wish.earliest}
          onChange={(earliest) => change({ earliest })}
        />
      </div>
      <BlackOutFields blackOuts={wish.blackOuts} today={today} onChange={(blackOuts) => change({ blackOuts })} />
      <details>
        <summary>Days and hours that suit, length, pace</summary>
        <div class="details-body stack">
          <WeekdayChecks chosen={wish.weekdays} onChange={(weekdays) => change({ weekdays })} />
          <div class="form-pair">
            <TextField
              label="Not earlier than"
              type="time"
              isOptional
              value={wish.from}
              onChange={(from) => change({ from })}
            />
            <TextField label="Done by" type="time" isOptional value={wish.to} onChange={(to) => change({ to })} />
            <TextField
              label="Length of a session"
              isOptional
              inputMode="decimal"
              unit="hours"
              hint={planned ? `When empty, by the plan: ${lengthWords(planned, wish)}.` : 'When empty, 4.5 hours.'}
              value={wish.hours}
              onChange={(hours) => change({ hours })}
            />
          </div>
          <ChoiceField
            legend="Pace"
            value={wish.pace}
            options={[
              { value: 'studio', label: gaps ? `The studio’s: ${gaps} days` : 'The studio’s own' },
              { value: 'month', label: 'Within a month, when healed: 14 days each' },
            ]}
            onChange={(pace) => change({ pace })}
          />
        </div>
      </details>
    </>
  );
}

const lengthWords = (planned: readonly number[], { sessions }: CourseWish): string =>
  minutesOfPlan(planned, Number(sessions))
    .map((minutes) => `${minutes / 60} h`)
    .join(', ');

interface WeekdayChecksProps {
  readonly chosen: readonly number[];
  readonly onChange: (chosen: readonly number[]) => void;
}

function WeekdayChecks({ chosen, onChange }: WeekdayChecksProps) {
  return (
    <fieldset class="choices">
      <legend>Weekdays that suit</legend>
      <div class="choices-row">
        {WEEKDAYS.map((name, i) => {
          const weekday = i + 1;
          const isOn = chosen.includes(weekday);
          return (
            <label key={name} class={isOn ? 'on' : ''}>
              <input
                type="checkbox"
                checked={isOn}
                aria-label={name}
                onChange={() => onChange(isOn ? chosen.filter((day) => day !== weekday) : [...chosen, weekday].sort())}
              />
              {name.slice(0, 3)}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
