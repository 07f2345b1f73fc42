import { PLAN_OPTIONS, VERIFY_OPTIONS } from './command.ts';
import type { OptionTable } from './option-table.ts';

const GENERAL = `Stipple plans scalp micropigmentation from one photo and a tape measure.

  stipple plan --photo front=front.jpg --circumference 575 --out DIR   measure, design, lay out, draw
  stipple plan --from plan.json --out DIR                              recompute a saved plan
  stipple verify DIR                                                   recompute and compare
  stipple help plan | help verify | --version

Exit codes: 0 done; 2 the command was wrong; 3 the input cannot be used (or the work was interrupted),
and then nothing is left behind.`;

const PLAN = `stipple plan --photo front=FILE [options] --out DIR
stipple plan --from plan.json [--photos DIR] --out DIR

Examples
  stipple plan --photo front=anna.jpg --circumference 561 --sex f --ludwig 2 --out anna
  stipple plan --photo front=ben.jpg --circumference 575 --measure sagittal=345,coronal=350 \\
               --norwood 6 --age 42 --start 2027-01-11 --zone Europe/Berlin --out ben

Without a measured head the plan has pictures but no millimetres, areas or price, and none of the files that are
in millimetres (dots.csv, head.glb, stencil.svg).
DIR gets plan.json, summary.json, dots.csv, pictures (front.fresh.png, .healed.png, .year5.png, .mask.png),
head.glb, stencil.svg, worksheet.pdf and course.ics. Files of an earlier plan in DIR are replaced; others stay.

Options`;

const VERIFY = `stipple verify DIR [--photos DIR] [--json]

Recomputes the plan in DIR and compares every file with what is there. Photos are looked for in DIR and beside it;
without them the pictures cannot be compared, and that is said. Exit 3 when something differs.

Options`;

const rows = (table: OptionTable): string =>
  Object.entries(table)
    .map(([name, { value, help }]) => `  ${`--${name}${value ? ` ${value}` : ''}`.padEnd(24)}${help}`)
    .join('\n');

export function helpText(topic: 'plan' | 'verify' | null): string {
  if (topic === 'plan') return `${PLAN}\n${rows(PLAN_OPTIONS)}`;
  if (topic === 'verify') return `${VERIFY}\n${rows(VERIFY_OPTIONS)}`;
  return GENERAL;
}
