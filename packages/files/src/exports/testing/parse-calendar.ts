/**
 * A small strict reader of iCalendar text for tests, independent of the writer: RFC 5545 grammar of lines, names,
 * parameters and nesting, and local times resolved by the VTIMEZONE in the file alone, never by Intl.
 */
export interface Property {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly value: string;
}

export interface Component {
  readonly name: string;
  readonly properties: Property[];
  readonly children: Component[];
}

const LINE = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/s;
const PARAM = /;([A-Za-z0-9-]+)=("[^"]*"|[^";]*)/g;

/** Top-level components of a text; throws for anything that is no content line or does not nest. */
export function parseCalendar(text: string): Component[] {
  const top: Component = { name: '', properties: [], children: [] };
  const open = [top];
  for (const line of text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    if (line === '') continue;
    const match = LINE.exec(line);
    if (!match) throw new Error(`no content line: ${line}`);
    const [, name, paramText, value] = match as unknown as [string, string, string, string];
    const current = open.at(-1)!;
    if (name === 'BEGIN') {
      const child: Component = { name: value, properties: [], children: [] };
      current.children.push(child);
      open.push(child);
    } else if (name === 'END') {
      if (value !== current.name || open.length === 1) throw new Error(`END:${value} does not close ${current.name}`);
      open.pop();
    } else {
      const params = Object.fromEntries([...paramText.matchAll(PARAM)].map(([, key, text]) => [key!, text!]));
      current.properties.push({ name, params, value });
    }
  }
  if (open.length !== 1) throw new Error(`${open.at(-1)!.name} is not closed`);
  return top.children;
}

/** The one property of a name; throws when there is none or more. */
export function only(component: Component, name: string): Property {
  const found = component.properties.filter((property) => property.name === name);
  if (found.length !== 1) throw new Error(`${found.length} ${name} in ${component.name}`);
  return found[0]!;
}

export const unescapeText = (text: string): string =>
  text.replaceAll(/\\([\\;,nN])/g, (_, character: string) => (character.toLowerCase() === 'n' ? '\n' : character));

/** 'YYYYMMDD' or 'YYYYMMDDTHHMMSS' as if it were UTC. */
export function wallMsOf(value: string): number {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2}))?Z?$/.exec(value);
  if (!match) throw new Error(`no date: ${value}`);
  const [year, month, day, hour, minute, second] = match.slice(1).map((text) => Number(text ?? 0));
  const ms = Date.UTC(year!, month! - 1, day, hour, minute, second);
  if (new Date(ms).getUTCDate() !== day) throw new Error(`no such day: ${value}`);
  return ms;
}

const offsetMsOf = (text: string): number => {
  const [, sign, hours, minutes, seconds] = /^([+-])(\d{2})(\d{2})(\d{2})?$/.exec(text)!;
  return (sign === '-' ? -1000 : 1000) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0));
};

interface Change {
  readonly instantMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

const known = new WeakMap<Component, Change[]>();

/** Every change of offset a VTIMEZONE tells of up to 2210, in order. */
function changesOf(zone: Component): Change[] {
  const before = known.get(zone);
  if (before) return before;
  const changes = zone.children
    .flatMap((observance) => {
      const fromMs = offsetMsOf(only(observance, 'TZOFFSETFROM').value);
      const toMs = offsetMsOf(only(observance, 'TZOFFSETTO').value);
      const first = wallMsOf(only(observance, 'DTSTART').value);
      const rule = observance.properties.find(({ name }) => name === 'RRULE')?.value;
      return (rule ? yearly(rule, first) : [first]).map((wallMs) => ({ instantMs: wallMs - fromMs, fromMs, toMs }));
    })
    .sort((a, b) => a.instantMs - b.instantMs);
  known.set(zone, changes);
  return changes;
}

/** Occurrences of FREQ=YEARLY;BYMONTH=m;BYDAY=nWD from a first one, which must be one itself. */
function yearly(rule: string, first: number): number[] {
  const [, month, nth, weekday] = /^FREQ=YEARLY;BYMONTH=(\d+);BYDAY=(-1|[1-5])(SU|MO|TU|WE|TH|FR|SA)$/.exec(rule)!;
  const time = first % 86_400_000;
  const found: number[] = [];
  for (let year = new Date(first).getUTCFullYear(); year <= 2210; year++) {
    const days = Array.from({ length: 31 }, (_, i) => new Date(Date.UTC(year, Number(month) - 1, i + 1))).filter(
      (date) =>
        date.getUTCMonth() === Number(month) - 1 &&
        date.getUTCDay() === ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'].indexOf(weekday!),
    );
    found.push(days.at(nth === '-1' ? -1 : Number(nth) - 1)!.getTime() + time);
  }
  if (found[0] !== first) throw new Error(`DTSTART is no occurrence of ${rule}`);
  return found;
}

/** The instant of a local time by the VTIMEZONE: the first one when it is repeated (RFC 5545, 3.3.5). */
export function instantOf(zone: Component, localValue: string): number {
  const wallMs = wallMsOf(localValue);
  const changes = changesOf(zone);
  const offsetAt = (instantMs: number): number => {
    const past = changes.filter((change) => change.instantMs <= instantMs).at(-1);
    return past ? past.toMs : changes[0]!.fromMs;
  };
  const offsets = [...new Set(changes.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))];
  const instants = offsets.map((offset) => wallMs - offset).filter((ms) => ms + offsetAt(ms) === wallMs);
  if (instants.length === 0) throw new Error(`${localValue} is skipped by the clock`);
  return Math.min(...instants);
}
