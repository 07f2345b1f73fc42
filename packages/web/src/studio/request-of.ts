/**
 * From the form as it stands to the order of a plan, and what differs between two orders.
 *
 * The form holds texts as typed, so that nothing typed is ever lost or silently changed; they are judged here.
 */
import type { HeadMeasure, TapeKind } from '@stipple/core/head/head-shape.ts';
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import type { Presentation } from '@stipple/core/scalp/scalp-design.ts';
import { judgeTape } from './judge-tape.ts';

export interface PlanFormState {
  readonly tapes: Readonly<Record<TapeKind, string>>;
  readonly sex: 'm' | 'f';
  readonly age: string;
  readonly presentation: Presentation;
  readonly sessions: 2 | 3 | 4;
  readonly start: string;
}

export const EMPTY_FORM: PlanFormState = {
  tapes: { circumference: '', sagittal: '', coronal: '', length: '', breadth: '' },
  sex: 'm',
  age: '',
  presentation: { kind: 'norwood', stage: 6 },
  sessions: 3,
  start: '',
};

/** The form with the mannequin's measure and age where nothing was typed. */
export const filledForExample = (form: PlanFormState): PlanFormState => ({
  ...form,
  tapes: { ...form.tapes, circumference: form.tapes.circumference || '575' },
  age: form.age || '36',
});

const TAPE_KINDS = Object.keys(EMPTY_FORM.tapes) as readonly TapeKind[];
/** Repeatability of a soft tape and of a calliper in trained hands, mm (estimate). */
const TAPE_SD_MM = 3;
const CALLIPER_SD_MM = 1.5;

export interface FormFault {
  readonly at: TapeKind | 'age';
  readonly fault: string;
}

/** The order as the form stands, or the first part of it that cannot be used and why. */
export function requestOf(form: PlanFormState): PlanRequest | FormFault {
  const measures: HeadMeasure[] = [];
  for (const kind of TAPE_KINDS) {
    const { valueMm, fault } = judgeTape(kind, form.tapes[kind]);
    if (fault) return { at: kind, fault };
    if (valueMm === null) continue;
    const isCalliper = kind === 'length' || kind === 'breadth';
    measures.push({
      kind,
      valueMm,
      sdMm: isCalliper ? CALLIPER_SD_MM : TAPE_SD_MM,
      source: isCalliper ? 'calliper' : 'soft tape',
    });
  }
  const age = form.age.trim();
  const ageYears = age === '' ? null : Number(age);
  if (ageYears !== null && !(/^\d+$/.test(age) && ageYears >= 18 && ageYears <= 100)) {
    return {
      at: 'age',
      fault: 'Scalp micropigmentation is for adults: give an age from 18 to 100, or leave it empty.',
    };
  }
  return {
    client: { sex: form.sex, ageYears },
    measures,
    presentation: form.presentation,
    sessions: form.sessions,
    reason: null,
    start: form.start || null,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    seed: 7,
  };
}

const PARTS: Readonly<Record<keyof PlanRequest, string>> = {
  client: 'sex or age',
  measures: 'measures',
  presentation: 'treatment',
  sessions: 'number of sessions',
  reason: 'reason',
  start: 'first session',
  timeZone: 'time zone',
  seed: 'seed',
};

/** The parts in which two orders differ by value, in words. Both come from `requestOf`: their keys have one order. */
export const changedParts = (made: PlanRequest, now: PlanRequest): string[] =>
  (Object.keys(PARTS) as (keyof PlanRequest)[])
    .filter((key) => JSON.stringify(made[key]) !== JSON.stringify(now[key]))
    .map((key) => PARTS[key]);
