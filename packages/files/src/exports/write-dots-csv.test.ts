import { describe, expect, it } from 'vitest';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { csvField, writeDotsCsv } from './write-dots-csv.ts';

const plan = realisePlan(sampleDocument(), sampleReserve());
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('writeDotsCsv', () => {
  const lines = textOf(writeDotsCsv(plan)).split('\n');

  it('has a header, a line per dot and a line end after the last', () => {
    expect(lines[0]).toBe('id,zone,session,x_mm,y_mm,z_mm,nx,ny,nz,diameter_mm,shade');
    expect(lines).toHaveLength(plan.dots.count + 2);
    expect(lines.at(-1)).toBe('');
  });

  it('says of each dot what the plan says of it', () => {
    const { dots, field } = plan;
    let worstMm = 0;
    let worstNormal = 0;
    const differing = Array.from({ length: dots.count }, (_, i) => i).filter((i) => {
      const [id, zone, session, ...rest] = lines[i + 1].split(',', 10);
      const numbers = rest.map(Number);
      for (let k = 0; k < 3; k++) {
        worstMm = Math.max(worstMm, Math.abs(numbers[k] - dots.positionMm[3 * i + k]));
        worstNormal = Math.max(worstNormal, Math.abs(numbers[3 + k] - dots.normal[3 * i + k]));
      }
      worstMm = Math.max(worstMm, Math.abs(numbers[6] - dots.diameterMm[i]));
      return `${id},${zone},${session}` !== `${dots.id[i]},${field.zones[dots.zone[i]].id},${dots.session[i]}`;
    });
    expect(differing).toEqual([]);
    expect(worstMm).toBeLessThan(0.000501);
    expect(worstNormal).toBeLessThan(0.0000501);
  });

  it('writes three decimals, four for normals, and never a minus zero', () => {
    const number = (decimals: number): string => `(?!-0\\.0+,)-?\\d+\\.\\d{${decimals}}`;
    const three = number(3);
    const row = new RegExp(`^\\d+,[a-z-]+,[123](,${three}){3}(,${number(4)}){3},${three},"by eye, lighter first"$`);
    expect(lines.slice(1, -1).filter((line) => !row.test(line))).toEqual([]);
  });

  it('rounds like toFixed away from the halves', () => {
    const random = seededGenerator(4);
    const positionMm = Float32Array.from(
      { length: 3 * plan.dots.count },
      () => 200 * (random() - 0.5) * random() * random(),
    );
    const drawn = textOf(writeDotsCsv({ ...plan, dots: { ...plan.dots, positionMm } })).split('\n');
    const rows = drawn.slice(1, -1).map((line) => line.split(',').slice(3, 6));
    const wanted = Array.from(positionMm, (v) => v.toFixed(3).replace(/^-(0\.000)$/, '$1'));
    const differing = rows.flat().filter((text, k) => text !== wanted[k]);
    expect(differing.slice(0, 5)).toEqual([]);
  });

  it('quotes a shade by RFC 4180 only when it must', () => {
    expect(csvField('grey 3')).toBe('grey 3');
    expect(csvField('by eye, "light"')).toBe('"by eye, ""light"""');
    const pigment = { ...plan.document.pigment, shade: 'grey 3' };
    const csv = textOf(writeDotsCsv({ ...plan, document: { ...plan.document, pigment } }));
    expect(csv.split('\n')[1]).toMatch(/,grey 3$/);
  });

  it('keeps a spreadsheet from running a shade, and leaves numbers as they are', () => {
    for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']) {
      expect(csvField(formula).replaceAll('"', '')).toBe(`'${formula}`);
    }
    expect(csvField("=cmd|' /C calc'!A0, B")).toBe(`"'=cmd|' /C calc'!A0, B"`);
    const pigment = { ...plan.document.pigment, shade: '=1+1' };
    const rows = textOf(writeDotsCsv({ ...plan, document: { ...plan.document, pigment } })).split('\n');
    expect(rows[1]).toBe(lines[1].replace(/"by eye.*"$/, "'=1+1"));
    expect(lines.some((line) => /,-\d/.test(line))).toBe(true);
  });

  it('will not write a dot of a zone that is not there', () => {
    const zone = plan.dots.zone.with(3, plan.field.zones.length);
    expect(() => writeDotsCsv({ ...plan, dots: { ...plan.dots, zone } })).toThrow(/dot 3 lies in zone/);
  });
});
