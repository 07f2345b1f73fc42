/**
 * What the words of a `stipple` command mean: a value for the shell to act on, or a sentence that says what is wrong.
 *
 * Reads no file and no clock. Whether the head measures are possible is judged by core, where every shell asks.
 */
import { CLIENT_AGES_YEARS } from '@stipple/core/head/client-facts.ts';
import { MOST_REASON } from '@stipple/core/course/course-design.ts';
import { SPREADS } from '@stipple/core/dots/layout-style.ts';
import { FADE_FACTOR_NAMES, opposedFactors } from '@stipple/core/forecast/fade-forecast.ts';
import type { LengthUnit } from '@stipple/core/scan/scan-mesh.ts';
import { poseOfView } from '@stipple/core/vision/view-pose.ts';
import { isTimeZone } from '@stipple/files/contract/is-time-zone.ts';
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import type { Presentation } from '@stipple/core/scalp/scalp-design.ts';
import { CARD_OPTIONS, PLAN_OPTIONS, PRESETS, UNITS, VERIFY_OPTIONS } from './command-options.ts';
import { CommandError, editDistance, likely, readOptions, type ReadOptions } from './option-table.ts';
import { readMeasures } from './read-measures.ts';

/** A file of a view: --photo front=front.jpg. */
export interface ViewFile {
  readonly view: string;
  readonly path: string;
}

/** A scan of the client's head: --head scan.glb. */
export interface ScanPath {
  readonly path: string;
  /** As the person says; null to find out. */
  readonly unit: LengthUnit | null;
  readonly landmarks: string | null;
}

export type Command =
  | { readonly kind: 'help'; readonly topic: 'plan' | 'verify' | 'card' | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'plan';
      readonly request: PlanRequest;
      readonly photos: readonly ViewFile[];
      /** Each for a view that has a photo. */
      readonly hairMasks: readonly ViewFile[];
      readonly anchors: readonly ViewFile[];
      readonly marks: readonly ViewFile[];
      readonly head: ScanPath | null;
      /** The studio's list of pigments, and what somebody read of its printed colour card. */
      readonly pigments: string | null;
      readonly card: string | null;
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
  /** Our colour card to print; with a photo, what it is worth beside a card that is known. */
  | { readonly kind: 'card'; readonly photo: string | null; readonly out: string; readonly isJson: boolean }
  | { readonly kind: 'verify'; readonly dir: string; readonly photosDir: string | null; readonly isJson: boolean };

const MOST_PHOTOS = 12;

/** All that belongs to a new plan: a saved one has it, and it cannot be asked for again with --from. */
const OF_A_NEW_PLAN = Object.keys(PLAN_OPTIONS).filter(
  (name) => !['from', 'photos', 'out', 'json', 'help'].includes(name),
);
const COMMANDS = ['plan', 'verify', 'card', 'help', 'version'];

/**
 * @param localZone tells the IANA time zone of this computer, null when it has none; asked only when it counts, for it takes 30 ms
 * @throws CommandError with one sentence that says what is wrong
 */
export function parseCommand(args: readonly string[], localZone: () => string | null): Command {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h') return { kind: 'help', topic: null };
  if (name === '--version' || name === 'version') return { kind: 'version' };
  if (name === 'help') return { kind: 'help', topic: isTopic(rest[0]) ? rest[0] : null };
  if (name === 'plan') return parsePlan(readOptions(rest.map(longHelp), PLAN_OPTIONS), localZone);
  if (name === 'verify') return parseVerify(readOptions(rest.map(longHelp), VERIFY_OPTIONS));
  if (name === 'card') return parseCard(readOptions(rest.map(longHelp), CARD_OPTIONS));
  throw new CommandError(
    name.startsWith('-')
      ? `a command comes before ${name}: plan, verify or card.`
      : `there is no command ${name}${likely(name, COMMANDS, '')}`,
  );
}

const isTopic = (word: string | undefined): word is 'plan' | 'verify' | 'card' =>
  word === 'plan' || word === 'verify' || word === 'card';

const longHelp = (word: string): string => (word === '-h' ? '--help' : word);

function parsePlan(options: ReadOptions, localZone: () => string | null): Command {
  if (options.switches.has('help')) return { kind: 'help', topic: 'plan' };
  const [stray] = options.words;
  if (stray !== undefined)
    throw new CommandError(
      `"${stray}" belongs to no option${/[.](jpe?g|png|webp|hei[cf]|hif)$/i.test(stray) ? `; a photo is given as --photo front=${stray}` : '.'}`,
    );
  const out = one(options, 'out');
  if (out === undefined) throw new CommandError('--out is missing: name the folder to write the plan to.');
  const isJson = options.switches.has('json');
  const from = one(options, 'from');
  const photosDir = one(options, 'photos') ?? null;
  if (from !== undefined) {
    const extra = OF_A_NEW_PLAN.find((option) => options.values.has(option) || options.switches.has(option));
    if (extra) throw new CommandError(`--from recomputes a saved plan as it is; --${extra} cannot change it.`);
    return { kind: 'recompute', from, photosDir, out, isJson };
  }
  if (photosDir !== null)
    throw new CommandError('--photos belongs to --from; a new plan takes --photo front=front.jpg.');
  const photos = viewFiles(options, 'photo');
  if (photos.length === 0)
    throw new CommandError(
      options.values.has('head')
        ? '--head gives the shape alone; colours and hairline need --photo front=front.jpg'
        : '--photo is missing: --photo front=front.jpg',
    );
  if (photos.length > MOST_PHOTOS) throw new CommandError(`one plan takes at most ${MOST_PHOTOS} photos.`);
  const ofPhotos = (name: 'hair-mask' | 'anchors' | 'marks'): ViewFile[] => {
    const files = viewFiles(options, name);
    const astray = files.find(({ view }) => !photos.some((photo) => photo.view === view));
    if (astray) throw new CommandError(`--${name} ${astray.view}= has no photo of that view.`);
    return files;
  };
  return {
    kind: 'plan',
    request: readRequest(options, localZone),
    photos,
    hairMasks: ofPhotos('hair-mask'),
    anchors: ofPhotos('anchors'),
    marks: ofPhotos('marks'),
    head: readHead(options),
    pigments: one(options, 'pigments') ?? null,
    card: one(options, 'card') ?? null,
    out,
    isJson,
  };
}

function readHead(options: ReadOptions): ScanPath | null {
  const path = one(options, 'head');
  const extra = ['head-unit', 'head-landmarks'].find((name) => options.values.has(name));
  if (path === undefined && extra) throw new CommandError(`--${extra} belongs to --head.`);
  if (path === undefined) return null;
  const unit = choice(options, 'head-unit', UNITS) ?? null;
  return { path, unit, landmarks: one(options, 'head-landmarks') ?? null };
}

function parseVerify(options: ReadOptions): Command {
  if (options.switches.has('help')) return { kind: 'help', topic: 'verify' };
  const [dir, extra] = options.words;
  if (dir === undefined) throw new CommandError('name the folder of the plan: stipple verify DIR');
  if (extra !== undefined) throw new CommandError(`one folder at a time; "${extra}" is one too many.`);
  return { kind: 'verify', dir, photosDir: one(options, 'photos') ?? null, isJson: options.switches.has('json') };
}

function parseCard(options: ReadOptions): Command {
  if (options.switches.has('help')) return { kind: 'help', topic: 'card' };
  const [stray] = options.words;
  if (stray !== undefined) throw new CommandError(`"${stray}" belongs to no option.`);
  const out = one(options, 'out');
  const photo = one(options, 'photo') ?? null;
  if (out === undefined)
    throw new CommandError(`--out is missing: name the file to write, as in --out ${photo ? 'card.json' : 'card.pdf'}`);
  return { kind: 'card', photo, out, isJson: options.switches.has('json') };
}

function readRequest(options: ReadOptions, localZone: () => string | null): PlanRequest {
  const chosen = readPresentation(options);
  const sex = choice(options, 'sex', ['m', 'f']) ?? (chosen?.kind === 'ludwig' ? 'f' : 'm');
  const usual: Presentation = sex === 'f' ? { kind: 'ludwig', stage: 2 } : { kind: 'norwood', stage: 6 };
  return {
    client: { sex, ageYears: whole(options, 'age', ...CLIENT_AGES_YEARS) ?? null },
    ...readMeasures(one(options, 'circumference'), options.values.get('measure') ?? []),
    presentation: withTemplesAndHump(options, chosen ?? usual),
    ...readSessions(options),
    start: readDate(options),
    timeZone: readZone(options, localZone),
    seed: whole(options, 'seed', 0, 4294967295) ?? 7,
    ...readUnevenness(options),
    ...readFading(options),
    ...(options.switches.has('card-light') && { isCardLight: true }),
  };
}

function readUnevenness(options: ReadOptions): Pick<PlanRequest, 'unevenness'> {
  const text = one(options, 'unevenness');
  if (text === undefined) return {};
  const unevenness = Number(text);
  const { least, most } = SPREADS;
  if (!/^0?[.]\d+$/.test(text) || unevenness < least || unevenness > most)
    throw new CommandError(
      `--unevenness is a number from ${least} (very even) to ${most} (loose, as by hand), not "${text}"; without it dots lie as usual.`,
    );
  return { unevenness };
}

function readFading(options: ReadOptions): Pick<PlanRequest, 'fading'> {
  const text = one(options, 'fading');
  if (text === undefined) return {};
  const fading = text.split(',').map((name) => {
    const known = FADE_FACTOR_NAMES.find((factor) => factor === name.trim());
    if (!known)
      throw new CommandError(`--fading: nothing is called "${name.trim()}"${likely(name, FADE_FACTOR_NAMES, '')}`);
    return known;
  });
  const opposed = opposedFactors(fading);
  if (opposed) throw new CommandError(`--fading: ${opposed.join(' and ')} exclude each other.`);
  return { fading };
}

function readPresentation(options: ReadOptions): Presentation | null {
  const given = ['norwood', 'ludwig', 'preset'].filter((name) => options.values.has(name));
  if (given.length > 1) throw new CommandError(`--${given[0]} and --${given[1]} exclude each other.`);
  const norwood = whole(options, 'norwood', 1, 7);
  if (norwood !== undefined) return { kind: 'norwood', stage: norwood as 1 | 2 | 3 | 4 | 5 | 6 | 7 };
  const ludwig = whole(options, 'ludwig', 1, 3);
  if (ludwig !== undefined) return { kind: 'ludwig', stage: ludwig as 1 | 2 | 3 };
  const kind = choice(options, 'preset', PRESETS);
  return kind ? { kind } : null;
}

function withTemplesAndHump(options: ReadOptions, presentation: Presentation): Presentation {
  const temples = choice(options, 'temples', ['own', 'rebuilt']);
  const hump = choice(options, 'hump', ['rebuilt', 'respected']);
  if (presentation.kind === 'norwood') {
    if (hump && presentation.stage < 6)
      throw new CommandError('--hump belongs to --norwood 6 and 7: before, it is there.');
    return { ...presentation, ...(temples && { temples }), ...(hump && { hump }) };
  }
  if (hump) throw new CommandError('--hump belongs to --norwood 6 and 7.');
  if (!temples) return presentation;
  if (presentation.kind !== 'hairline') throw new CommandError('--temples belongs to --norwood and --preset hairline.');
  return { ...presentation, temples };
}

function readSessions(options: ReadOptions): Pick<PlanRequest, 'sessions' | 'reason'> {
  const sessions = (whole(options, 'sessions', 2, 4) ?? 3) as 2 | 3 | 4;
  const reason = one(options, 'reason')?.trim() ?? null;
  if (sessions === 2 && !reason) throw new CommandError('--sessions 2 needs --reason: why two sessions are enough.');
  if (sessions !== 2 && reason) throw new CommandError('--reason belongs to --sessions 2.');
  if (reason && reason.length > MOST_REASON)
    throw new CommandError(`--reason is at most ${MOST_REASON} characters long.`);
  return { sessions, reason };
}

function readDate(options: ReadOptions): string | null {
  const text = one(options, 'start');
  if (text === undefined) return null;
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  const isReal = parsed !== null && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
  if (!isReal) throw new CommandError(`--start "${text}" is not a date, as in 2027-01-11.`);
  return text;
}

function readZone(options: ReadOptions, localZone: () => string | null): string {
  const given = one(options, 'zone');
  const zone = given ?? localZone();
  if (zone === null)
    throw new CommandError('this computer does not tell its time zone: say it, as in --zone Europe/Berlin.');
  if (given !== undefined && !isTimeZone(given))
    throw new CommandError(`--zone "${given}" is not a time zone, as in Europe/Berlin.`);
  return zone;
}

function viewFiles(options: ReadOptions, name: 'photo' | 'hair-mask' | 'anchors' | 'marks'): ViewFile[] {
  const seen = new Set<string>();
  return (options.values.get(name) ?? []).map((text) => {
    const at = text.indexOf('=');
    const view = text.slice(0, at);
    const path = text.slice(at + 1);
    if (at > 0 && path && !/^[a-z][a-z0-9-]{0,39}$/.test(view))
      throw new CommandError(`--${name}: a view is named in up to 40 small letters, digits and -, not "${view}".`);
    if (at < 1 || !path)
      throw new CommandError(`--${name} takes view=file, as in --${name} front=${at < 1 ? text : 'file'}`);
    if (seen.has(view)) throw new CommandError(`--${name} ${view}= is given twice.`);
    const meant = likelyView(view);
    if (meant !== null)
      throw new CommandError(
        `--${name} ${view}= is no view; did you mean ${meant}? A photo from anywhere else needs a name less like one.`,
      );
    seen.add(view);
    return { view, path };
  });
}

const VIEWS = ['front', 'bowed', 'left', 'right', 'back', 'top', 'crown'];
const SHORT_LETTERS = 4;

/** The view whose name was mistyped; null for a view, and for a name of its own, which any photo may have. */
function likelyView(view: string): string | null {
  if (poseOfView(view)) return null;
  const meant = view.split('-').map((word) => VIEWS.find((name) => isSlip(word, name)) ?? word);
  return meant.join('-') === view ? null : meant.join('-');
}

/** One letter off, two in a longer word. */
const isSlip = (word: string, name: string): boolean =>
  word.length > 2 && editDistance(word, name) <= (name.length > SHORT_LETTERS ? 2 : 1);

const one = (options: ReadOptions, name: string): string | undefined => options.values.get(name)?.[0];

function choice<T extends string>(options: ReadOptions, name: string, allowed: readonly T[]): T | undefined {
  const text = one(options, name);
  if (text === undefined) return undefined;
  const found = allowed.find((value) => value === text);
  if (!found) throw new CommandError(`--${name} is ${inWords(allowed)}, not "${text}".`);
  return found;
}

/** 'a, b or c' */
const inWords = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

function whole(options: ReadOptions, name: string, low: number, high: number): number | undefined {
  const text = one(options, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high)
    throw new CommandError(`--${name} is a whole number from ${low} to ${high}, not "${text}".`);
  return value;
}
