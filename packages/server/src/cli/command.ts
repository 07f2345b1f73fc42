/**
 * What the words of a `stipple` command mean: a value for the shell to act on, or a sentence that says what is wrong.
 *
 * Reads no file and no clock. Whether the head measures are possible is judged by core, where every shell asks.
 */
import type { TapeKind } from '@stipple/core/head/head-shape.ts';
import { TAPE_KINDS, takeMeasure } from '@stipple/core/head/take-measure.ts';
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import type { Presentation } from '@stipple/core/scalp/scalp-design.ts';
import { CommandError, likely, readOptions, type OptionTable, type ReadOptions } from './option-table.ts';

/** A file of a view: --photo front=front.jpg. */
export interface ViewFile {
  readonly view: string;
  readonly path: string;
}

export type Command =
  | { readonly kind: 'help'; readonly topic: 'plan' | 'verify' | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'plan';
      readonly request: PlanRequest;
      readonly photos: readonly ViewFile[];
      readonly hairMasks: readonly ViewFile[];
      readonly out: string;
      readonly isJson: boolean;
    }
  | {
      readonly kind: 'recompute';
      readonly from: string;
      readonly photosDir: string | null;
      readonly out: string;
      readonly isJson: boolean;
    }
  | { readonly kind: 'verify'; readonly dir: string; readonly photosDir: string | null; readonly isJson: boolean };

export const PLAN_OPTIONS = {
  photo: {
    value: 'view=file',
    isMany: true,
    help: 'the photo: front=front.jpg, head bowed a little, whole head in view',
  },
  circumference: { value: 'mm', help: 'soft tape around the head, above the brows' },
  measure: { value: 'name=mm,...', isMany: true, help: `more measures: ${TAPE_KINDS.join(', ')}` },
  'hair-mask': { value: 'view=file', isMany: true, help: 'PNG as large as the photo, white where hair stays' },
  norwood: { value: '1-7', help: "a man's balding pattern to cover (default 6)" },
  ludwig: { value: '1-3', help: "a woman's thinning pattern to fill (default 2 with --sex f)" },
  preset: { value: 'full|hairline', help: 'the whole shaved scalp, or the front edge only' },
  sex: { value: 'm|f', help: 'shapes the hairline (default m; f with --ludwig)' },
  age: { value: 'years', help: 'places the hairline, 18 to 100' },
  sessions: { value: '2-4', help: 'default 3' },
  reason: { value: 'text', help: 'why two sessions are enough; only --sessions 2 needs it' },
  start: { value: 'date', help: 'first session, as 2027-01-11; without it the course has no dates' },
  zone: { value: 'name', help: "time zone of the studio, as Europe/Berlin (default: this computer's)" },
  seed: { value: 'number', help: 'another number gives another, equally good, scatter of dots (default 7)' },
  from: { value: 'plan.json', help: 'recompute a saved plan instead' },
  photos: { value: 'folder', help: 'with --from: where its photos are (default: beside plan.json)' },
  out: { value: 'folder', help: 'where the plan is written' },
  json: { value: null, help: 'print summary.json, and errors, as JSON' },
  help: { value: null, help: 'show this' },
} as const satisfies OptionTable;

export const VERIFY_OPTIONS = {
  photos: { value: 'folder', help: 'where its photos are (default: DIR and the folder around it)' },
  json: { value: null, help: 'print the result as JSON' },
  help: PLAN_OPTIONS.help,
} as const satisfies OptionTable;

const LATER_OPTIONS = new Set(['anchors', 'head', 'head-unit', 'head-landmarks']);
const LATER_PRESETS = new Set(['fut-scar', 'fue-scars', 'patch']);
/** Belongs to the saved plan, so it cannot be asked for again with --from. */
const OF_THE_PHOTO = [
  'photo',
  'circumference',
  'measure',
  'hair-mask',
  'norwood',
  'ludwig',
  'preset',
  'sex',
  'age',
  'sessions',
  'reason',
  'start',
  'zone',
  'seed',
];
const COMMANDS = ['plan', 'verify', 'help', 'version'];

/**
 * @param localZone IANA time zone of this computer
 * @throws CommandError with one sentence that says what is wrong
 */
export function parseCommand(args: readonly string[], localZone: string): Command {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h') return { kind: 'help', topic: null };
  if (name === '--version' || name === 'version') return { kind: 'version' };
  if (name === 'help') return { kind: 'help', topic: rest[0] === 'plan' || rest[0] === 'verify' ? rest[0] : null };
  if (name === 'plan') return parsePlan(readOptions(rest.map(longHelp), PLAN_OPTIONS, LATER_OPTIONS), localZone);
  if (name === 'verify') return parseVerify(readOptions(rest.map(longHelp), VERIFY_OPTIONS, LATER_OPTIONS));
  throw new CommandError(
    name.startsWith('-')
      ? `a command comes before ${name}: plan or verify.`
      : `there is no command ${name}${likely(name, COMMANDS, '')}`,
  );
}

const longHelp = (word: string): string => (word === '-h' ? '--help' : word);

function parsePlan(options: ReadOptions, localZone: string): Command {
  if (options.switches.has('help')) return { kind: 'help', topic: 'plan' };
  const [stray] = options.words;
  if (stray !== undefined)
    throw new CommandError(
      `"${stray}" belongs to no option${/[.](jpe?g|png|webp)$/i.test(stray) ? `; a photo is given as --photo front=${stray}` : '.'}`,
    );
  const out = one(options, 'out');
  if (out === undefined) throw new CommandError('--out is missing: name the folder to write the plan to.');
  const isJson = options.switches.has('json');
  const from = one(options, 'from');
  const photosDir = one(options, 'photos') ?? null;
  if (from !== undefined) {
    const extra = OF_THE_PHOTO.find((option) => options.values.has(option));
    if (extra) throw new CommandError(`--from recomputes a saved plan as it is; --${extra} cannot change it.`);
    return { kind: 'recompute', from, photosDir, out, isJson };
  }
  if (photosDir !== null)
    throw new CommandError('--photos belongs to --from; a new plan takes --photo front=front.jpg.');
  const photos = viewFiles(options, 'photo');
  if (photos.length === 0) throw new CommandError('--photo is missing: --photo front=front.jpg');
  const other = photos.find(({ view }) => view !== 'front');
  if (other)
    throw new CommandError(`--photo ${other.view}= is not yet in this version of Stipple; give the front photo alone.`);
  const hairMasks = viewFiles(options, 'hair-mask');
  const astray = hairMasks.find(({ view }) => !photos.some((photo) => photo.view === view));
  if (astray) throw new CommandError(`--hair-mask ${astray.view}= has no photo of that view.`);
  return { kind: 'plan', request: readRequest(options, localZone), photos, hairMasks, out, isJson };
}

function parseVerify(options: ReadOptions): Command {
  if (options.switches.has('help')) return { kind: 'help', topic: 'verify' };
  const [dir, extra] = options.words;
  if (dir === undefined) throw new CommandError('name the folder of the plan: stipple verify DIR');
  if (extra !== undefined) throw new CommandError(`one folder at a time; "${extra}" is one too many.`);
  return { kind: 'verify', dir, photosDir: one(options, 'photos') ?? null, isJson: options.switches.has('json') };
}

function readRequest(options: ReadOptions, localZone: string): PlanRequest {
  const presentation = readPresentation(options);
  const sex = choice(options, 'sex', ['m', 'f']) ?? (presentation?.kind === 'ludwig' ? 'f' : 'm');
  return {
    client: { sex, ageYears: whole(options, 'age', 18, 100) ?? null },
    measures: readMeasures(options),
    presentation: presentation ?? (sex === 'f' ? { kind: 'ludwig', stage: 2 } : { kind: 'norwood', stage: 6 }),
    ...readSessions(options),
    start: readDate(options),
    timeZone: readZone(options, localZone),
    seed: whole(options, 'seed', 0, 4294967295) ?? 7,
  };
}

function readPresentation(options: ReadOptions): Presentation | null {
  const given = ['norwood', 'ludwig', 'preset'].filter((name) => options.values.has(name));
  if (given.length > 1) throw new CommandError(`--${given[0]} and --${given[1]} exclude each other.`);
  const norwood = whole(options, 'norwood', 1, 7);
  if (norwood !== undefined) return { kind: 'norwood', stage: norwood as 1 | 2 | 3 | 4 | 5 | 6 | 7 };
  const ludwig = whole(options, 'ludwig', 1, 3);
  if (ludwig !== undefined) return { kind: 'ludwig', stage: ludwig as 1 | 2 | 3 };
  const preset = one(options, 'preset');
  if (preset !== undefined && LATER_PRESETS.has(preset))
    throw new CommandError(`--preset ${preset} is not yet in this version of Stipple.`);
  const kind = choice(options, 'preset', ['full', 'hairline']);
  return kind ? { kind } : null;
}

function readSessions(options: ReadOptions): Pick<PlanRequest, 'sessions' | 'reason'> {
  const sessions = (whole(options, 'sessions', 2, 4) ?? 3) as 2 | 3 | 4;
  const reason = one(options, 'reason')?.trim() ?? null;
  if (sessions === 2 && !reason) throw new CommandError('--sessions 2 needs --reason: why two sessions are enough.');
  if (sessions !== 2 && reason) throw new CommandError('--reason belongs to --sessions 2.');
  return { sessions, reason };
}

function readMeasures(options: ReadOptions): PlanRequest['measures'] {
  const found = new Map<TapeKind, number>();
  const add = (option: string, name: string, text: string) => {
    const kind = TAPE_KINDS.find((candidate) => candidate === name);
    if (!kind)
      throw new CommandError(
        `${option}: there is no measure "${name}"${likely(name, TAPE_KINDS, '')} Known are ${TAPE_KINDS.join(', ')}.`,
      );
    if (found.has(kind)) throw new CommandError(`${kind} is given twice.`);
    const valueMm = Number(text);
    if (!/^\d+([.]\d+)?$/.test(text) || valueMm === 0)
      throw new CommandError(`${option}: "${text}" is not a number of millimetres.`);
    found.set(kind, valueMm);
  };
  const circumference = one(options, 'circumference');
  if (circumference !== undefined) add('--circumference', 'circumference', circumference);
  for (const item of (options.values.get('measure') ?? []).flatMap((list) => list.split(','))) {
    const [name = '', value = '', ...more] = item.split('=');
    if (!value || more.length)
      throw new CommandError(`--measure takes name=mm, as in sagittal=345,coronal=350; "${item}" is not that.`);
    add('--measure', name, value);
  }
  return TAPE_KINDS.flatMap((kind) => {
    const valueMm = found.get(kind);
    return valueMm === undefined ? [] : [takeMeasure(kind, valueMm)];
  });
}

function readDate(options: ReadOptions): string | null {
  const text = one(options, 'start');
  if (text === undefined) return null;
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  const isReal = parsed !== null && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
  if (!isReal) throw new CommandError(`--start "${text}" is not a date, as in 2027-01-11.`);
  return text;
}

function readZone(options: ReadOptions, localZone: string): string {
  const zone = one(options, 'zone') ?? localZone;
  try {
    // Throws for a zone that is none.
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) && zone;
  } catch {
    throw new CommandError(`--zone "${zone}" is not a time zone, as in Europe/Berlin.`);
  }
}

function viewFiles(options: ReadOptions, name: 'photo' | 'hair-mask'): ViewFile[] {
  const seen = new Set<string>();
  return (options.values.get(name) ?? []).map((text) => {
    const at = text.indexOf('=');
    const view = text.slice(0, at);
    const path = text.slice(at + 1);
    if (at < 1 || !path || !/^[a-z][a-z0-9-]*$/.test(view))
      throw new CommandError(`--${name} takes view=file, as in --${name} front=${at < 1 ? text : 'file'}`);
    if (seen.has(view)) throw new CommandError(`--${name} ${view}= is given twice.`);
    seen.add(view);
    return { view, path };
  });
}

const one = (options: ReadOptions, name: string): string | undefined => options.values.get(name)?.[0];

function choice<T extends string>(options: ReadOptions, name: string, allowed: readonly T[]): T | undefined {
  const text = one(options, name);
  if (text === undefined) return undefined;
  const found = allowed.find((value) => value === text);
  if (!found) throw new CommandError(`--${name} is ${allowed.join(' or ')}, not "${text}".`);
  return found;
}

function whole(options: ReadOptions, name: string, low: number, high: number): number | undefined {
  const text = one(options, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high)
    throw new CommandError(`--${name} is a whole number from ${low} to ${high}, not "${text}".`);
  return value;
}
