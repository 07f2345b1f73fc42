import { describe, expect, it } from 'vitest';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import { flattenScalp } from '@stipple/core/scalp/flatten-scalp.ts';
import { writeStencilSvg } from './write-stencil-svg.ts';

const plan = realisePlan(sampleDocument(), sampleReserve());
const svg = new TextDecoder().decode(writeStencilSvg(plan));

/** The text of a group, none of which hold groups of their own. */
const group = (id: string): string => new RegExp(`<g id="${id}"[^>]*>([^]*?)</g>`).exec(svg)?.[1] ?? '';
const dotsIn = (text: string): [x: number, y: number][] =>
  [...text.matchAll(/M(-?[\d.]+) (-?[\d.]+)h0/g)].map(([, x, y]) => [Number(x), Number(y)]);

describe('writeStencilSvg', () => {
  it('is well-formed: every element closed in order, no stray angle or ampersand', () => {
    const open: string[] = [];
    const rest = svg.replace(
      /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
      (_, end: string, name: string, __, empty: string) => {
        if (end) expect(open.pop()).toBe(name);
        else if (!empty) open.push(name);
        return '';
      },
    );
    expect(open).toEqual([]);
    expect(rest.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
  });

  it('is sized in millimetres, one unit a millimetre', () => {
    const [, width, height] = /^<svg [^>]*width="([\d.]+)mm" height="([\d.]+)mm"/.exec(svg) ?? [];
    expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`);
    for (const session of [1, 2, 3]) {
      const beyond = dotsIn(group(`session-${session}`)).filter(
        ([x, y]) => !(x > 0 && x < Number(width) && y > 0 && y < Number(height)),
      );
      expect(beyond).toEqual([]);
    }
  });

  it('has every dot of each session once', () => {
    for (const session of [1, 2, 3]) {
      const wanted = plan.dots.session.reduce((sum, s) => sum + (s === session ? 1 : 0), 0);
      expect(dotsIn(group(`session-${session}`))).toHaveLength(wanted);
    }
  });

  it('keeps the charts apart from one another', () => {
    // Two dots of different charts on the same place would be nearer than two dots of the densest skin ever are.
    const all = [1, 2, 3].flatMap((session) => dotsIn(group(`session-${session}`)));
    const taken = new Set(all.map(([x, y]) => `${Math.round(x * 4)},${Math.round(y * 4)}`));
    expect(taken.size).toBeGreaterThan(0.99 * all.length);
  });

  it('states the stretch of every chart', () => {
    for (const { largestStretch } of flattenScalp(plan.head, plan.field.zones, plan.dots).charts) {
      expect(svg).toContain(`Stretch up to ${(100 * largestStretch).toFixed(1)} %`);
    }
  });

  it('has the hairline, the named points, a bar of 5 cm, and says what it is not for', () => {
    expect(group('hairline')).toMatch(/<path d="M/);
    expect(group('landmarks')).toContain('mid-frontal, 80 mm above glabella');
    expect(group('landmarks')).toContain('vertex');
    expect(group('scale')).toContain('h50');
    expect(svg).toContain('nobody places dots by coordinate');
  });
});
