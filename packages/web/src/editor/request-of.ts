/**
 * From the form as it stands to the order of a plan, and what differs between two orders.
 *
 * The form holds texts as typed, so that nothing typed is ever lost or silently changed; they are judged here.
 */
import type { FadeFactor } from '@stipple/core/forecast/fade-forecast.ts';
import { CLIENT_AGES_YEARS } from '@stipple/core/head/client-facts.ts';
import type { HeadMeasure } from '@stipple/core/head/head-shape.ts';
import { MEASURE_KINDS, takeMeasure } from '@stipple/core/head/take-measure.ts';
import { takeZoneTape, ZONE_TAPE_KINDS, type ZoneTape } from '@stipple/core/head/zone-tape.ts';
import type { Colour3 } from '@stipple/core/pigment/lab.ts';
import type { StudioPigment } from '@stipple/core/pigment/studio-pigment.ts';
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import type { StudioPrices } from '@stipple/core/quote/price-list.ts';
import type { Presentation } from '@stipple/core/scalp/scalp-design.ts';
import { judgeError, judgeTape } from './judge-tape.ts';
import { FIELD_KINDS, type FieldKind } from './measure-fields.ts';

/** A measure as typed: once, perhaps a second time, perhaps with its own error (the middle 95 % to either side). */
export interface TypedMeasure {
  readonly first: string;
  readonly second: string;
  readonly error: string;
}
export type MeasurePart = keyof TypedMeasure;

export interface PlanFormState {
  readonly tapes: Readonly<Record<FieldKind, TypedMeasure>>;
  readonly sex: 'm' | 'f';
  readonly age: string;
  readonly presentation: Presentation;
  readonly sessions: 2 | 3 | 4;
  readonly start: string;
  /** How unevenly dots lie; null as usual. */
  readonly unevenness: number | null;
  /** What of the client makes the work fade faster or slower. */
  readonly fading: readonly FadeFactor[];
  /** The healed pictures are wanted in the light of the colour card, too. */
  readonly isCardLight: boolean;
  /** What an opened plan has and no field shows. */
  readonly carried?: Pick<PlanRequest, 'seed' | 'reason'>;
  /** Packages of the studio out of which the page was opened. */
  readonly prices?: StudioPrices | null;
  /** Lists of the studio, as they were read. */
  readonly pigments?: { readonly fileName: string; readonly list: readonly StudioPigment[] } | null;
  readonly cardLabs?: { readonly fileName: string; readonly labs: readonly Colour3[] } | null;
}

const UNTYPED: TypedMeasure = { first: '', second: '', error: '' };

export const EMPTY_FORM: PlanFormState = {
  tapes: Object.fromEntries(FIELD_KINDS.map((kind) => [kind, UNTYPED])) as Record<FieldKind, TypedMeasure>,
  sex: 'm',
  age: '',
  presentation: { kind: 'norwood', stage: 6 },
  sessions: 3,
  start: '',
  unevenness: null,
  fading: [],
  isCardLight: false,
};

export const withTape = (form: PlanFormState, kind: FieldKind, part: MeasurePart, text: string): PlanFormState => ({
  ...form,
  tapes: { ...form.tapes, [kind]: { ...form.tapes[kind], [part]: text } },
});

/** The form with the mannequin's measure and age where nothing was typed. */
export const filledForExample = (form: PlanFormState): PlanFormState => ({
  ...(form.tapes.circumference.first ? form : withTape(form, 'circumference', 'first', '575')),
  age: form.age || '36',
});

/** Stages whose bald part is large enough to lay a tape over. */
export const takesZoneTapes = (presentation: Presentation): boolean =>
  presentation.kind === 'norwood' && presentation.stage >= 4;

export interface FormFault {
  readonly at: FieldKind | 'age' | 'scan';
  readonly fault: string;
}

/** Readings of one field with the error given for it, mm; undefined for the tool's own. */
interface Readings {
  readonly valuesMm: readonly number[];
  readonly sdMm: number | undefined;
}

function readingsOf(kind: FieldKind, { first, second, error }: TypedMeasure): Readings | FormFault {
  const verdicts = [judgeTape(kind, first), judgeTape(kind, second)];
  const judged = judgeError(error);
  const fault = [...verdicts, judged].find((verdict) => verdict.fault)?.fault;
  if (fault) return { at: kind, fault };
  return {
    valuesMm: verdicts.flatMap(({ valueMm }) => (valueMm === null ? [] : [valueMm])),
    sdMm: judged.valueMm === null ? undefined : judged.valueMm / 2,
  };
}

/** The order as the form stands, or the first part of it that cannot be used and why. */
export function requestOf(form: PlanFormState): PlanRequest | FormFault {
  const measures: HeadMeasure[] = [];
  for (const kind of MEASURE_KINDS) {
    const readings = readingsOf(kind, form.tapes[kind]);
    if ('fault' in readings) return readings;
    for (const valueMm of readings.valuesMm) measures.push(takeMeasure(kind, valueMm, readings.sdMm));
  }
  const zoneTapes: ZoneTape[] = [];
  for (const kind of takesZoneTapes(form.presentation) ? ZONE_TAPE_KINDS : []) {
    const readings = readingsOf(kind, form.tapes[kind]);
    if ('fault' in readings) return readings;
    for (const valueMm of readings.valuesMm) zoneTapes.push(takeZoneTape(kind, valueMm, readings.sdMm));
  }
  const age = form.age.trim();
  const ageYears = age === '' ? null : Number(age);
  const [youngest, oldest] = CLIENT_AGES_YEARS;
  if (ageYears !== null && !(/^\d+$/.test(age) && ageYears >= youngest && ageYears <= oldest)) {
    return {
      at: 'age',
      fault: `Scalp micropigmentation is for adults: give an age from ${youngest} to ${oldest}, or leave it empty.`,
    };
  }
  return {
    client: { sex: form.sex, ageYears },
    measures,
    zoneTapes,
    presentation: form.presentation,
    sessions: form.sessions,
    reason: (form.sessions === 2 && form.carried?.reason) || null,
    start: form.start || null,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    seed: form.carried?.seed ?? 7,
    ...(form.unevenness !== null && { unevenness: form.unevenness }),
    ...(form.fading.length > 0 && { fading: form.fading.toSorted() }),
    ...(form.pigments && { pigments: form.pigments.list }),
    ...(form.cardLabs && { cardLabs: form.cardLabs.labs }),
    ...(form.isCardLight && { isCardLight: true }),
  };
}

const PARTS: Readonly<Record<keyof PlanRequest, string>> = {
  client: 'sex or age',
  measures: 'measures',
  zoneTapes: 'tapes over the bald part',
  presentation: 'treatment',
  sessions: 'number of sessions',
  reason: 'reason',
  start: 'first session',
  timeZone: 'time zone',
  seed: 'seed',
  unevenness: 'evenness of the dots',
  fading: 'what makes it fade',
  pigments: 'list of pigments',
  cardLabs: 'values of the colour card',
  isCardLight: 'light of the pictures',
};

/** Those that are read off a tape or a calliper. */
export const MEASURE_PARTS: ReadonlySet<string> = new Set([PARTS.measures, PARTS.zoneTapes]);

/** The parts in which two orders differ by value, in words. Both come from `requestOf`: their keys have one order. */
export const changedParts = (made: PlanRequest, now: PlanRequest): string[] =>
  (Object.keys(PARTS) as (keyof PlanRequest)[])
    .filter((key) => JSON.stringify(made[key]) !== JSON.stringify(now[key]))
    .map((key) => PARTS[key]);
