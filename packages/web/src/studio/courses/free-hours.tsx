import type { Answers } from '../../api/api.ts';
import { dayOf, longDay, timeWords } from '../parts/time-words.ts';

export type FreeHour = Answers['freeTimes']['items'][number];

interface FreeHoursProps {
  readonly hours: readonly FreeHour[];
  readonly timeZone: string;
  readonly chosen: FreeHour | null;
  readonly nameOf: (practitionerId: string) => string;
  readonly onChoose: (hour: FreeHour) => void;
}

const DAYS_SHOWN = 7;

/** Free hours by day, as buttons large enough for a thumb. */
export function FreeHours({ hours, timeZone, chosen, nameOf, onChoose }: FreeHoursProps) {
  // Of an hour at which several are free, the first: who it is was left open.
  const first = [...new Map(hours.toReversed().map((hour) => [hour.start, hour])).values()].reverse();
  const days = groupByDay(first, timeZone);
  const shown = [...days].slice(0, DAYS_SHOWN);
  if (shown.length === 0)
    return <p class="warning">Nothing is free in these days. Look from a later day, or for a shorter time.</p>;
  return (
    <div class="free-hours">
      {shown.map(([day, ofDay]) => (
        <section key={day} aria-label={longDay(day)}>
          <h3>{longDay(day)}</h3>
          <div class="free-row">
            {ofDay.map((hour) => (
              <button
                key={`${hour.start} ${hour.practitionerId} ${hour.roomId ?? ''}`}
                type="button"
                class={`free-hour ${hour === chosen ? 'on' : ''}`}
                aria-pressed={hour === chosen}
                onClick={() => onChoose(hour)}
              >
                {timeWords(hour.start, timeZone)}
                <small>{nameOf(hour.practitionerId)}</small>
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function groupByDay(hours: readonly FreeHour[], timeZone: string): Map<string, FreeHour[]> {
  const days = new Map<string, FreeHour[]>();
  for (const hour of hours) {
    const day = dayOf(hour.start, timeZone);
    days.set(day, [...(days.get(day) ?? []), hour]);
  }
  return days;
}
