/**
 * The patches of the studio's printed colour card as somebody read them: --card card.json.
 *
 * { "card": "stipple-1", "labs": [[L, a, b], ...] }: 24 colours, CIELAB under D65, row by row from bare paper. Refuses
 * ('card-unreadable') with the place what is none, and greys that do not fall, as when rows are read in another order.
 */
import * as z from 'zod';
import { PRINTED_PATCHES } from '@stipple/core/card/card-design.ts';
import type { Colour3 } from '@stipple/core/pigment/lab.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { matching, naming, parseSmallJson } from './small-json.ts';

const CODE = 'card-unreadable';
const chroma = z.number().min(-128).max(128);
const schema = z.object({
  card: z.literal('stipple-1'),
  labs: z.array(z.tuple([z.number().min(0).max(105), chroma, chroma])).length(PRINTED_PATCHES.length),
});

/** @throws Refusal 'card-unreadable' */
export const parseCardLabs = (text: string, fileName: string): readonly Colour3[] =>
  naming(fileName, () => {
    const { labs } = matching(schema, parseSmallJson(text, CODE), CODE);
    const greys = labs.filter((_, k) => PRINTED_PATCHES[k]!.isGrey);
    if (greys.some(([l], k) => k > 0 && l >= greys[k - 1]![0])) throw new Refusal(CODE, 'its greys do not fall');
    return labs;
  });

export const cardLabsText = (labs: readonly Colour3[]): string =>
  `${JSON.stringify({ card: 'stipple-1', labs }, null, 1).replace(/\[\s+(-?[\d.]+),\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]/g, '[$1, $2, $3]')}\n`;
