import { describe, expect, it } from 'vitest';
import { sampleDocument, samplePhoto } from '@stipple/core/plan/testing/sample-plan.ts';
import { verdictOn } from '@stipple/core/units/testing/verdict-on.ts';
import { parsePlan } from './parse-plan.ts';
import { planText } from './plan-text.ts';

const good = sampleDocument();
const goodText = planText(good);

const verdictOf = (text: string) => verdictOn(() => parsePlan(text));

/** The code, and of what the schema says only the place. */
function refusalOf(text: string): readonly [code: string, place: string | null] {
  const [code, detail] = verdictOf(text);
  return [code, detail?.split(/ (?:must|is missing|is not a field|belongs)/, 1)[0] ?? null];
}

/** The good document with one value put in its place; undefined takes it away. */
function changed(path: readonly (string | number)[], value: unknown): string {
  const document = JSON.parse(goodText) as Record<string | number, unknown>;
  let at = document;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1)!] = value;
  return JSON.stringify(document);
}

/** Every leaf of the document with the way to it. */
function leavesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) =>
    leavesOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

const placeOf = (path: readonly (string | number)[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);

describe('parsePlan', () => {
  it('gives back what was written', () => {
    expect(parsePlan(goodText)).toEqual(JSON.parse(JSON.stringify(good)));
    expect(planText(parsePlan(goodText))).toBe(goodText);
    const withHair = { ...samplePhoto().person, source: 'given' as const };
    const two = sampleDocument({
      photos: [samplePhoto({ hair: withHair }), samplePhoto({ view: 'top' })],
      course: { ...good.course, reason: 'A touch-up of earlier work.' },
      presentation: { kind: 'full' },
    });
    expect(planText(parsePlan(planText(two)))).toBe(planText(two));
  });

  it('accepts the text an editor saved with a byte order mark', () => {
    expect(parsePlan(`\ufeff${goodText}`)).toEqual(parsePlan(goodText));
  });

  it('names the place of a value of another kind, wherever it is', () => {
    const leaves = leavesOf(JSON.parse(goodText));
    expect(leaves.length).toBeGreaterThan(100);
    for (const path of leaves) {
      const [code, detail] = refusalOf(changed(path, { not: 'this' }));
      expect([code, detail?.startsWith(placeOf(path))]).toEqual(['document-invalid', true]);
    }
  });

  it('refuses when anything is missing', () => {
    const fields = leavesOf(JSON.parse(goodText)).filter((way) => typeof way.at(-1) === 'string');
    for (const path of fields.filter(([field]) => field !== 'layout')) {
      expect(refusalOf(changed(path, undefined))[0]).toBe('document-invalid');
    }
  });

  it('leaves a plan that names no way of laying out without one', () => {
    expect('layout' in parsePlan(changed(['layout'], undefined))).toBe(false);
    expect(refusalOf(changed(['layout'], 3))).toEqual(['document-invalid', 'layout']);
  });

  it('refuses numbers that are not finite or far outside', () => {
    for (const path of leavesOf(JSON.parse(goodText))) {
      const leaf = path.reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], good);
      if (typeof leaf !== 'number' || path[0] === 'schema') continue;
      for (const far of ['1e999', '-1e999', '1e300', '-1e300']) {
        const text = changed(path, 'HERE').replace('"HERE"', far);
        expect([path, refusalOf(text)[0]]).toEqual([path, 'document-invalid']);
      }
    }
  });

  it('says what may stand there, and what does', () => {
    for (const [path, value, words] of [
      [['measures', 0, 'valueMm'], 5000, 'measures[0].valueMm must be a number from 30 to 1000, and is 5000'],
      [['seed'], 1.5, 'seed must be a whole number from 0 to 4294967295, and is 1.5'],
      [['client', 'sex'], 'male', 'client.sex must be "m" or "f", and is "male"'],
      [['client', 'sex'], undefined, 'client.sex is missing; it must be "m" or "f"'],
      [['photos'], [], 'photos must be a list of 1 to 12 photos, each with another view, and is []'],
      [['presentation', 'kind'], 'beard', 'presentation.kind must be "norwood", "ludwig", "full", '],
      [['course', 'start'], '2027-02-29', 'course.start must be a day, such as 2027-01-11, and is "2027-02-29"'],
      [
        ['course', 'timeZone'],
        'Foo/Bar',
        'course.timeZone must be a time zone, such as Europe/Berlin, and is "Foo/Bar"',
      ],
      [
        ['density', 'sessionShares'],
        [0.9, 0.3, 1],
        'must be 2 to 4 shares that rise to 1, such as [0.5, 1], and is [0.9, 0.3, 1]',
      ],
      [['density', 'sessionShares'], [0.5, 1], 'sessionShares must have a share for each session of course.sessions'],
      [['pigment', 'shade'], '=1', 'a letter or digit first, in one line, and is "=1"'],
      [['colour'], 1, 'colour is not a field that belongs there'],
    ] as const)
      expect(verdictOf(changed(path, value))[1]).toContain(words);
    expect(verdictOf('7')[1]).toBe('the whole document must be fields in braces, and is 7');
  });

  it('says it in its own words, whatever is wrong', () => {
    for (const path of leavesOf(JSON.parse(goodText)))
      for (const value of [{ not: 'this' }, undefined, null, '', -1e9, 1e9, []]) {
        const detail = verdictOf(changed(path, value))[1] ?? '';
        expect(detail).not.toMatch(/Invalid|Too (?:small|big)|expected|received/);
      }
  });

  it('refuses fields it does not know, and names them', () => {
    expect(refusalOf(changed(['colour'], 1))).toEqual(['document-invalid', 'colour']);
    expect(refusalOf(changed(['photos', 0, 'camera', 'k1'], 1))).toEqual(['document-invalid', 'photos[0].camera.k1']);
    expect(refusalOf(changed(['x'.repeat(500)], 1))).toEqual(['document-invalid', 'x'.repeat(40)]);
  });

  it('lets no key reach the prototype', () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const [code] = refusalOf(goodText.replace('{', `{"${key}": {"isAdmin": true},`));
      expect(code).toBe('document-invalid');
      expect(refusalOf(goodText.replace('"client": {', `"client": {"${key}": {"isAdmin": true},`))[0]).toBe(
        'document-invalid',
      );
    }
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  it('knows a newer document', () => {
    expect(refusalOf(changed(['schema'], 3))[0]).toBe('document-newer');
    expect(refusalOf('{"schema": 7, "everything": "else"}')[0]).toBe('document-newer');
    expect(refusalOf(changed(['schema'], 0))).toEqual(['document-invalid', 'schema']);
    expect(refusalOf(changed(['schema'], '2'))).toEqual(['document-invalid', 'schema']);
  });

  it('refuses what is no document at all', () => {
    for (const text of ['', 'plan', '{', 'null', '[]', '"plan"', '7', '{}', '['.repeat(1_000_000)]) {
      expect(refusalOf(text)[0]).toBe('document-invalid');
    }
    expect(refusalOf('{"a":'.repeat(200_000))[0]).toBe('document-invalid');
    expect(refusalOf('['.repeat(10_000_000))).toEqual(['document-invalid', 'it is too long to be a plan']);
    expect(refusalOf(`${goodText}${' '.repeat(1_000_000)}`)[0]).toBe('accepted');
  });

  it('measures lists before it looks into them', () => {
    const giant = `[${'"x",'.repeat(1_000_000)}"x"]`;
    const start = performance.now();
    for (const path of [
      ['photos'],
      ['measures'],
      ['hairline', 'controlsMm'],
      ['course', 'gapsDays'],
      ['pigment', 'colour'],
    ]) {
      const [code, detail] = refusalOf(changed(path, 'HERE').replace('"HERE"', giant));
      expect([code, detail]).toEqual(['document-invalid', placeOf(path)]);
    }
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('holds masks to their square', () => {
    const place = ['photos', 0, 'person'];
    expect(refusalOf(changed([...place, 'size'], 47))).toEqual(['document-invalid', 'photos[0].person']);
    expect(refusalOf(changed([...place, 'size'], 100_000))).toEqual(['document-invalid', 'photos[0].person.size']);
    for (const runs of ['', '0', 'zz', `0${(48 * 48 + 1).toString(36)}`, ','.repeat(1_000_000)]) {
      expect(refusalOf(changed([...place, 'runs'], runs))).toEqual(['document-invalid', 'photos[0].person']);
    }
    expect(refusalOf(changed([...place, 'runs'], `f${(48 * 48).toString(36)}`))[0]).toBe('accepted');
  });

  it('refuses views that would lead out of a folder, or that share a name', () => {
    for (const view of ['../front', 'a/b', '', 'Front', 'front.png', '.', 'con\0']) {
      expect(refusalOf(changed(['photos', 0, 'view'], view))).toEqual(['document-invalid', 'photos[0].view']);
    }
    expect(refusalOf(changed(['photos'], [samplePhoto(), samplePhoto()]))).toEqual(['document-invalid', 'photos']);
  });

  it('holds the course to the rules of every course', () => {
    expect(refusalOf(changed(['course', 'gapsDays'], [6, 28]))[0]).toBe('gap-too-short');
    expect(refusalOf(changed(['course', 'gapsDays'], [14, 366]))[0]).toBe('gap-too-long');
    expect(refusalOf(changed(['course', 'gapsDays'], [14]))[0]).toBe('sessions-count');
    expect(refusalOf(changed(['course', 'start'], '2027-02-29'))).toEqual(['document-invalid', 'course.start']);
    expect(refusalOf(changed(['density', 'sessionShares'], [0.5, 1]))).toEqual([
      'document-invalid',
      'density.sessionShares',
    ]);
    expect(refusalOf(changed(['density', 'sessionShares'], [0.7, 0.3, 1]))[0]).toBe('document-invalid');
  });
});

describe('planText', () => {
  it('writes keys in one order, whatever the order they come in', () => {
    const backwards = Object.fromEntries(Object.entries(good).reverse()) as unknown as typeof good;
    expect(planText(backwards)).toBe(goodText);
    expect(goodText.startsWith('{\n  "schema": 2,\n  "engine": ')).toBe(true);
    expect(goodText.endsWith('}\n')).toBe(true);
  });

  it('will not write what could not be read', () => {
    expect(() => planText({ ...good, seed: Number.NaN })).toThrow();
  });
});
