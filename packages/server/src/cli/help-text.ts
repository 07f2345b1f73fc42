import { ANCHOR_NAMES } from '@stipple/core/vision/anchors.ts';
import { FADE_FACTOR_NAMES } from '@stipple/core/forecast/fade-forecast.ts';
import { CARD_OPTIONS, PLAN_OPTIONS, VERIFY_OPTIONS } from './command-options.ts';
import type { OptionTable } from './option-table.ts';
import { ALL_MEASURES } from './read-measures.ts';
import { STUDIO_HELP } from './studio-command-table.ts';

const SIDED = ANCHOR_NAMES.filter((name) => name.startsWith('left-')).map((name) => name.slice('left-'.length));
const MIDLINE = ANCHOR_NAMES.filter((name) => !/^(left|right)-/.test(name));

const GENERAL = `Stipple plans scalp micropigmentation from photos of the head and a tape measure.

  stipple plan --photo front=front.jpg --circumference 575 --out DIR   measure, design, lay out, draw
  stipple plan --from plan.json --out DIR                              recompute a saved plan
  stipple verify DIR                                                   recompute and compare
  stipple card --out card.pdf                                          our colour card, to print
  stipple help plan | help verify | help card | --version

The studio's records; each has --help:
${STUDIO_HELP}

Exit codes: 0 done; 2 the command was wrong; 3 the input cannot be used (or the work was interrupted),
and then nothing is left behind.`;

const PLAN = `stipple plan --photo front=FILE [options] --out DIR
stipple plan --from plan.json [--photos DIR] --out DIR

Examples
  stipple plan --photo front=anna.jpg --circumference 561 --sex f --ludwig 2 --out anna
  stipple plan --photo front=ben.jpg --circumference 575 --measure sagittal=345,coronal=350 \\
               --norwood 6 --age 42 --start 2027-01-11 --zone Europe/Berlin --out ben
  stipple plan --photo front=ben.jpg --photo top=above.jpg --anchors top=above.json --marks top=drawn.json \\
               --head ben.glb --head-unit mm --norwood 6 --out ben

Measures, mm: ${ALL_MEASURES.join(', ')}.
Each may be taken several times; bald-length and bald-width count with --norwood 4 to 7, the last of each. Behind +- stands what it nearly always lies within; else the tool's usual error.
A photo without a usable face (top, back, side) needs four or more points of the head that lie well apart:
  { "anchors": { "left-tragus": [812, 640], "vertex": [1020, 88], "inion": [1490, 700], "nasion": [402, 610] } }
in pixels of the upright photo, left being the client's left. Points, behind left- or right-: ${SIDED.join(', ')};
in the midline: ${MIDLINE.join(', ')}.
Marks, on any photo that is placed:
  { "marks": [ { "kind": "mole", "at": [640, 512], "diameterMm": 4 },
               { "kind": "fut-scar", "line": [[300, 700], [900, 690]], "widthMm": 2 },
               { "kind": "patch", "outline": [[500, 300], [560, 310], [540, 360]] },
               { "kind": "tape", "line": [[410, 300], [640, 512]] } ],
    "distances": [ { "from": [100, 900], "to": [400, 905], "mm": 30, "errorMm": 0.5 } ] }
kinds: mole, keep-out, keep-out-area (with an outline), fut-scar, fue-scars, patch, repair, bald, whorl; tape (two places) and
area (an outline) are no work: summary.json says what a tape reads there, how large the skin within is, and how surely.

Fading (--fading), as far as it is true of the client:
${FADE_FACTOR_NAMES.join(', ')};
each is a multiplier on the yearly loss, practice opinion but for scars. Opposites exclude each other.

A colour card in any photo, ours (stipple help card) or a ColorChecker, makes skin and hair true; with --pigments, a CSV of
name, maker, hex (or L, a, b) and dilutions, or JSON, shade and dilution are then chosen out of the studio's own.

Without a measured head the plan has pictures but no millimetres, areas or price, and none of the files that are
in millimetres (dots.csv, head.glb, stencil.svg).
DIR gets plan.json, summary.json, dots.csv, head.glb, stencil.svg, worksheet.pdf, course.ics, and pictures of every photo:
front.fresh.png, front.healed.png, front.year5.png (after five years: palest, likely and darkest, from left to right) and
front.mask.png (where a dot may change the photo). Files of an earlier plan in DIR are replaced; others stay.

Options`;

const VERIFY = `stipple verify DIR [--photos DIR] [--json]

Recomputes the plan in DIR and compares every file with what is there. Photos are looked for in DIR and beside it;
without them the pictures cannot be compared, and that is said. Exit 3 when something differs.

Options`;

const CARD = `stipple card --out card.pdf
stipple card --photo both.jpg --out card.json

Without a photo: our colour card as a PDF of A4, to print at 100 % and cut out. As it comes from the printer its greys
balance the white of a photo. With a photo that shows the printed card beside a ColorChecker, in even daylight: what the
printed colours truly are, for stipple plan --card card.json. A ColorChecker in the photo of the head needs neither.

Options`;

const rows = (table: OptionTable): string =>
  Object.entries(table)
    .map(([name, { value, help }]) => `  ${`--${name}${value ? ` ${value}` : ''}`.padEnd(28)}${help}`)
    .join('\n');

export function helpText(topic: 'plan' | 'verify' | 'card' | null): string {
  if (topic === 'plan') return `${PLAN}\n${rows(PLAN_OPTIONS)}`;
  if (topic === 'card') return `${CARD}\n${rows(CARD_OPTIONS)}`;
  if (topic === 'verify') return `${VERIFY}\n${rows(VERIFY_OPTIONS)}`;
  return GENERAL;
}
