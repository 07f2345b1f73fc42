/**
 * What was changed between two versions of a plan, in words for the list of versions.
 *
 * Compares what a person decides (measures, presentation, hairline, marks, density, pigment, course, photos), not what
 * is measured or derived from it. Lengths in mm as the document has them. Two equal documents have no edits.
 */
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const round = (value: number): string => String(Math.round(value * 10) / 10);

/** Names of a camel-cased field as words: 'midFrontalMm' is 'mid frontal'. */
const words = (field: string): string =>
  field
    .replace(/(Mm|Deg|PerCm2|Cm2|Px)$/, '')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase();

export function planEdits(before: PlanDocument, after: PlanDocument): string[] {
  return [
    ...measureEdits(before, after),
    ...valueEdits('', before.client, after.client),
    ...valueEdits('Presentation: ', before.presentation, after.presentation),
    ...valueEdits('Hairline: ', before.hairline, after.hairline),
    ...markEdits(before, after),
    ...valueEdits('Density: ', before.density, after.density),
    ...valueEdits('Pigment: ', before.pigment, after.pigment),
    ...valueEdits('Course: ', before.course, after.course),
    ...photoEdits(before, after),
    ...(before.seed === after.seed ? [] : ['Another pattern of dots']),
    ...(before.unevenness === after.unevenness
      ? []
      : [`Unevenness of the dots ${before.unevenness ?? 'as usual'} to ${after.unevenness ?? 'as usual'}`]),
    ...(same(before.fading, after.fading) ? [] : [`What makes it fade: ${fadingWords(after)}`]),
  ];
}

const fadingWords = ({ fading = [] }: PlanDocument): string =>
  fading.map((factor) => factor.replaceAll('-', ' ')).join(', ') || 'nothing said';

function measureEdits(before: PlanDocument, after: PlanDocument): string[] {
  const values = (document: PlanDocument) =>
    new Map([...document.measures, ...document.zoneTapes].map((measure) => [measure.kind as string, measure]));
  const [old, now] = [values(before), values(after)];
  const kinds = new Set([...old.keys(), ...now.keys()]);
  return [...kinds].flatMap((kind) => {
    const [was, is] = [old.get(kind), now.get(kind)];
    if (same(was, is)) return [];
    const name = `Measure ${kind.replaceAll('-', ' ')}`;
    if (!was || !is) return [`${name} ${is ? 'added' : 'taken out'}`];
    return [
      was.valueMm === is.valueMm
        ? `${name}: how it was taken`
        : `${name}: ${round(was.valueMm)} to ${round(is.valueMm)} mm`,
    ];
  });
}

/** One line per field that differs; numbers and texts with both values. */
function valueEdits(heading: string, before: object, after: object): string[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].flatMap((field) => {
    const [was, is] = [before[field as keyof object], after[field as keyof object]] as unknown[];
    if (same(was, is)) return [];
    const name = `${heading}${words(field)}`;
    const line =
      typeof was === 'number' && typeof is === 'number'
        ? `${name} ${round(was)} to ${round(is)}`
        : typeof is === 'string' || typeof is === 'boolean'
          ? `${name} ${is === '' ? 'none' : String(is)}`
          : `${name} changed`;
    return [line.charAt(0).toUpperCase() + line.slice(1)];
  });
}

function markEdits(before: PlanDocument, after: PlanDocument): string[] {
  const texts = (document: PlanDocument): string[] => document.marks.map((mark) => JSON.stringify(mark));
  const [old, now] = [new Set(texts(before)), new Set(texts(after))];
  const [added, gone] = [[...now].filter((mark) => !old.has(mark)), [...old].filter((mark) => !now.has(mark))];
  return [
    ...(added.length ? [`${plural(added.length, 'mark')} drawn or changed`] : []),
    ...(gone.length > added.length ? [`${plural(gone.length - added.length, 'mark')} taken out`] : []),
  ];
}

function photoEdits(before: PlanDocument, after: PlanDocument): string[] {
  const [old, now] = [
    new Map(before.photos.map((of) => [of.view, of])),
    new Map(after.photos.map((of) => [of.view, of])),
  ];
  const views = new Set([...old.keys(), ...now.keys()]);
  return [...views].flatMap((view) => {
    const [was, is] = [old.get(view), now.get(view)];
    if (!was) return [`Photo ${view} added`];
    if (!is) return [`Photo ${view} taken out`];
    return was.sha256 === is.sha256 ? [] : [`Another photo ${view}`];
  });
}
