/** How the limits of the treated part are known, and what that leaves open about its area. */
import { ZONE_TAPE_KINDS, ZONE_TAPE_SD_MM } from '../head/zone-tape.ts';
import type { ZoneTape } from '../head/zone-tape.ts';
import {
  LEAST_TEMPLATE_SD,
  PRACTICE_HALF_RANGE,
  SIMULATED_LUDWIG,
  SIMULATED_NORWOOD,
  SIMULATED_TAPED,
  OUTLINE_SD,
} from './extent-spread.ts';
import type { Simulated } from './extent-spread.ts';
import { usableTapes } from './fit-template.ts';
import { isStage } from './scalp-design.ts';
import type { HairlineDesign, Presentation, ScalpMark } from './scalp-design.ts';
import { keepsPeaks } from './temple-taper.ts';

/**
 * 'drawn' on the client or a picture, 'seen' in photos of every side, 'taped' across the bald part, or a 'template' of
 * the stage.
 */
export type ExtentSource = 'drawn' | 'seen' | 'taped' | 'template';

export interface Extent {
  readonly source: ExtentSource;
  /** Standard deviation of the area from the extent alone, as a fraction; head size comes on top. */
  readonly relativeSd: number;
  /** One sentence for the person reading. */
  readonly why: string;
}

type KnownHairline = Pick<HairlineDesign, 'source'>;

/** A band along a drawn hairline: its length is the line's, its depth a choice. */
const DRAWN_BAND_SD = 0.15;
const BAND_SD = 0.3;
/** The whole scalp is bounded by the head itself: 480 to 650 cm2 on the average head; the hairline is the least certain part. */
const WHOLE_SCALP_SD = 0.16;
/** Averages that stand for scars and patches nobody has drawn: a strip's length alone is 15 to 25 cm (facts 3.4). */
const PRESET_SD = { 'fut-scar': 0.2, 'fue-scars': 0.3, patch: 0.5 } as const;
/** Of the area of a scar or patch that was drawn: 1 to 2 mm of its edge. */
const DRAWN_MARK_SD = 0.15;

/** The extent of the whole plan. Marks beside the presentation do not make its own extent any surer. */
export function extentOf(
  presentation: Presentation,
  hairline: KnownHairline,
  marks: readonly ScalpMark[] = [],
  zoneTapes: readonly ZoneTape[] = [],
): Extent {
  switch (presentation.kind) {
    case 'norwood':
    case 'ludwig': {
      if (marks.some(({ kind }) => kind === 'bald')) {
        return { source: 'drawn', relativeSd: outlineSd(presentation), why: 'The bald part was drawn.' };
      }
      const taped = tapedSpread(presentation, zoneTapes);
      if (taped) return { source: 'taped', relativeSd: taped.spread.whole, why: taped.why };
      return template(Math.max(stageSpread(presentation).whole, practiceSd(presentation)), STAGE_WHY);
    }
    case 'full':
      return template(WHOLE_SCALP_SD, 'The whole scalp of a head of this size, to the usual edges.');
    case 'hairline':
      return hairlineExtent(hairline);
    case 'fut-scar':
    case 'fue-scars':
    case 'patch':
      return markExtent(presentation.kind, marks);
  }
}

/**
 * The extent of each zone of the field, in its order. A zone is only as sure as the part of the edge that bounds it: the
 * crown of a Norwood V is a template even where the front was drawn.
 */
export function zoneExtents(
  zones: readonly { readonly id: string }[],
  presentation: Presentation,
  hairline: KnownHairline,
  marks: readonly ScalpMark[] = [],
  zoneTapes: readonly ZoneTape[] = [],
): readonly Extent[] {
  return zones.map(({ id }) => {
    const kind = markKindOf(id);
    if (kind) return markExtent(kind, marks);
    const whole = extentOf(presentation, hairline, marks, zoneTapes);
    if (!isStage(presentation) || whole.source === 'drawn') return whole;
    const usual = stageSpread(presentation).zones[id] ?? 0;
    // Bounded by nothing but the hairline, as it was designed.
    if (usual === 0 && hairline.source === 'drawn') return hairlineExtent(hairline);
    const taped = tapedSpread(presentation, zoneTapes);
    const sd = taped?.spread.zones[id];
    if (taped && sd) return { source: 'taped', relativeSd: sd, why: taped.why };
    return template(usual, STAGE_WHY);
  });
}

const STAGE_WHY = 'The usual extent of this stage; nobody has drawn or taped it on this client.';

const template = (sd: number, why: string): Extent => ({
  source: 'template',
  relativeSd: Math.max(LEAST_TEMPLATE_SD, sd),
  why,
});

const hairlineExtent = ({ source }: KnownHairline): Extent =>
  source === 'drawn'
    ? { source, relativeSd: DRAWN_BAND_SD, why: 'The hairline was drawn.' }
    : template(BAND_SD, 'The usual hairline for age and sex; nobody has drawn it on this client.');

function markExtent(kind: MarkKind, marks: readonly ScalpMark[]): Extent {
  if (kind === 'repair' || marks.some((mark) => mark.kind === kind)) {
    return { source: 'drawn', relativeSd: DRAWN_MARK_SD, why: 'Its outline was drawn.' };
  }
  return template(PRESET_SD[kind], "An average one; nobody has drawn this client's own.");
}

type MarkKind = keyof typeof PRESET_SD | 'repair';

/** The kind of mark that a zone comes from; null for zones of a stage. */
function markKindOf(zoneId: string): MarkKind | null {
  if (zoneId === 'repair') return 'repair';
  if (zoneId.startsWith('scar')) return 'fut-scar';
  if (zoneId.startsWith('donor-')) return 'fue-scars';
  return zoneId.startsWith('patch-') ? 'patch' : null;
}

type StagePresentation = Extract<Presentation, { stage: number }>;

const stageSpread = (presentation: StagePresentation): Simulated =>
  withTemples(
    presentation,
    (presentation.kind === 'norwood' ? SIMULATED_NORWOOD : SIMULATED_LUDWIG)[presentation.stage - 1],
  );

/** The spread with temples as the plan has them. */
function withTemples(presentation: StagePresentation, simulated: Simulated): Simulated {
  const { zones, rebuiltTemples } = simulated;
  if (rebuiltTemples === undefined || keepsPeaks(presentation)) return simulated;
  return { ...simulated, zones: { ...zones, 'temple-l': rebuiltTemples, 'temple-r': rebuiltTemples } };
}

const practiceSd = ({ kind, stage }: StagePresentation): number =>
  kind === 'norwood' ? PRACTICE_HALF_RANGE[stage - 1] / 1.96 : 0;

const outlineSd = ({ kind, stage }: StagePresentation): number => OUTLINE_SD[kind][stage - 1];

function tapedSpread(
  presentation: StagePresentation,
  zoneTapes: readonly ZoneTape[],
): { readonly spread: Simulated; readonly why: string } | null {
  const { lengthMm, widthMm } = usableTapes(presentation, zoneTapes);
  if (lengthMm === null && widthMm === null) return null;
  const which = lengthMm === null ? 'width' : widthMm === null ? 'length' : 'both';
  const measured = { length: 'Its length', width: 'Its width', both: 'Its length and width' }[which];
  return {
    spread: widened(withTemples(presentation, SIMULATED_TAPED[which][presentation.stage - 4]), zoneTapes),
    why: `${measured} ${which === 'both' ? 'were' : 'was'} taped; between the tapes the usual shape of this stage.`,
  };
}

/**
 * Simulated with tapes as they usually are. One that is less sure moves the area by as large a share as its length; one that
 * is surer changes nothing, for the edge of a fringe stays a strip.
 */
function widened({ whole, zones }: Simulated, zoneTapes: readonly ZoneTape[]): Simulated {
  const lastOf = ZONE_TAPE_KINDS.flatMap((kind) => zoneTapes.findLast((tape) => tape.kind === kind) ?? []);
  const added = lastOf.reduce(
    (sum, { sdMm, valueMm }) =>
      sum + Math.max(0, sdMm * sdMm - ZONE_TAPE_SD_MM * ZONE_TAPE_SD_MM) / (valueMm * valueMm),
    0,
  );
  if (added === 0) return { whole, zones };
  const wider = (sd: number): number => Math.sqrt(sd * sd + added);
  return { whole: wider(whole), zones: Object.fromEntries(Object.entries(zones).map(([id, sd]) => [id, wider(sd)])) };
}
