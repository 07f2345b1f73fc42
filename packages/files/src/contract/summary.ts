/**
 * The contract of summary.json: what other programs may rely on, as a schema that can be checked.
 *
 * The type is core's `PlanSummary`; schema and type cannot part, or this stops compiling. Every number is finite.
 * Later versions may add fields; none is renamed or changes its unit.
 */
import * as z from 'zod';
import { FADE_FACTOR_NAMES } from '@stipple/core/forecast/fade-forecast.ts';
import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import type { SameShape } from './same-shape.ts';

export type Summary = PlanSummary;

const number = z.number();
const count = z.int().nonnegative();
const extentSource = z.enum(['drawn', 'seen', 'taped', 'template']);
const vec3 = z.tuple([number, number, number]);

const colour = { lab: vec3, low: vec3, high: vec3, source: z.string() };

const reading = { view: z.string(), low: number.nonnegative(), high: number.nonnegative(), source: z.string() };

const quoteLine = z.object({
  id: z.string(),
  label: z.string(),
  low: number.nullable(),
  likely: number.nullable(),
  high: number.nullable(),
});

export const summarySchema = z.object({
  engine: z.string(),
  areaCm2: z
    .object({
      value: number.nonnegative(),
      low: number.nonnegative(),
      high: number.nonnegative(),
      source: z.string(),
      extentSource,
    })
    .nullable(),
  scale: z.object({
    source: z.string(),
    mmPerPxAtHairline: number.positive().nullable(),
    relativeSd: number.nonnegative().nullable(),
  }),
  zones: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['bald', 'thinning', 'scar', 'repair', 'blend']),
      areaCm2: number.nonnegative().nullable(),
      areaLowCm2: number.nonnegative().nullable(),
      areaHighCm2: number.nonnegative().nullable(),
      extentSource,
      targetPerCm2: number.nonnegative(),
      dots: count,
      sessionDots: z.array(count),
    }),
  ),
  sessions: z.array(
    z.object({
      n: z.int().positive(),
      date: z.iso.date().nullable(),
      dots: count,
      hours: number.nonnegative(),
      hoursLow: number.nonnegative(),
      hoursHigh: number.nonnegative(),
      formula: z.string(),
    }),
  ),
  dots: count,
  dotsRange: z.object({ low: count, high: count, source: z.string() }).nullable(),
  hairline: z.object({
    midFrontalAboveGlabellaMm: number.nullable(),
    low: number.nullable(),
    high: number.nullable(),
    source: z.string().nullable(),
    checks: z
      .array(
        z.object({
          id: z.string(),
          label: z.string(),
          from: z.string(),
          to: z.string(),
          way: z.enum(['over the skin', 'straight']),
          mm: number.nonnegative(),
          low: number.nonnegative(),
          high: number.nonnegative(),
          source: z.string(),
        }),
      )
      .nullable(),
    pointsMm: z.array(vec3).nullable(),
  }),
  readings: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('tape'), ...reading, mm: number.nonnegative(), straightMm: number.nonnegative() }),
        z.object({ kind: z.literal('area'), ...reading, cm2: number.nonnegative() }),
      ]),
    )
    .nullable(),
  views: z.array(
    z.object({
      name: z.string(),
      widthPx: z.int().positive(),
      heightPx: z.int().positive(),
      faceScore: number,
      placedBy: z.enum(['face', 'anchors']),
      yawDeg: number,
      pitchDeg: number,
      rollDeg: number,
      poseError: z.object({ yawDeg: number.nonnegative(), pitchDeg: number.nonnegative() }).nullable(),
      camera: z.object({
        f: number.positive(),
        cx: number,
        cy: number,
        R: z.tuple([number, number, number, number, number, number, number, number, number]),
        t: vec3.nullable(),
      }),
      outline: z.object({ rmsPx: number.nonnegative(), relative: number.nonnegative() }),
      dotsInView: number.min(0).max(1).nullable(),
    }),
  ),
  pigment: z.object({
    skinLab: vec3,
    hairLab: vec3,
    shade: z.string(),
    dilution: number.nullable(),
    skin: z
      .object({
        ...colour,
        type: z.object({ itaDeg: number, name: z.string(), fitzpatrick: z.tuple([number, number]) }).nullable(),
        leftOut: z.object({ highlight: number, shadow: number, redSpots: number, otherColour: number }).nullable(),
      })
      .nullable(),
    hair: z.object(colour).nullable(),
    light: z
      .object({
        verdict: z.enum(['warm', 'neutral', 'cool']),
        kelvin: number.positive().nullable(),
        source: z.string(),
      })
      .nullable(),
    card: z
      .object({
        view: z.string(),
        name: z.string(),
        use: z
          .object({
            trust: z.enum(['published', 'read', 'as printed']),
            words: z.string(),
            isMirrored: z.boolean(),
            meanBefore: number,
            mostBefore: number,
            meanAfter: number,
            mostAfter: number,
            read: count,
            used: count,
            patches: z.array(z.object({ id: z.string(), before: number, after: number })),
          })
          .nullable(),
        fault: z.string().nullable(),
      })
      .nullable(),
    choice: z
      .object({
        name: z.string(),
        maker: z.string(),
        dilution: number,
        depthMm: number,
        aim: number,
        fall: number,
        low: number,
        high: number,
        healedLab: vec3,
        days: z.array(z.object({ day: number, lab: vec3, fall: number })),
        reasons: z.array(z.string()),
        label: z.string(),
      })
      .nullable(),
  }),
  quote: z
    .object({
      currency: z.string().regex(/^[A-Z]{3}$/),
      low: number,
      likely: number.nullable(),
      high: number,
      lines: z.array(quoteLine),
      extras: z.array(quoteLine),
      listOf: z.string().optional(),
      why: z.string(),
    })
    .nullable(),
  forecast: z.object({
    label: z.string(),
    source: z.string(),
    notCounted: z.string(),
    drivers: z.array(z.object({ id: z.enum(FADE_FACTOR_NAMES), multiplier: number.positive(), evidence: z.string() })),
    healing: z.array(z.object({ day: count, contrast: number })),
    years: z.array(z.object({ years: number, low: number, likely: number, high: number })),
    touchUpYears: z.object({ from: number, likely: number, to: number }),
  }),
  warnings: z.array(z.object({ code: z.string(), text: z.string() })),
});

true satisfies SameShape<z.infer<typeof summarySchema>, Summary>;
