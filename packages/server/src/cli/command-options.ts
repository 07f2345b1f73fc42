/** What `stipple plan`, `verify` and `card` take, as the help shows it. */
import { SPREADS } from '@stipple/core/dots/layout-style.ts';
import { MM_PER_UNIT, type LengthUnit } from '@stipple/core/scan/scan-mesh.ts';
import type { OptionTable } from './option-table.ts';

export const PRESETS = ['full', 'hairline', 'fut-scar', 'fue-scars', 'patch'] as const;
export const UNITS = Object.keys(MM_PER_UNIT) as LengthUnit[];

export const PLAN_OPTIONS = {
  photo: {
    value: 'view=file',
    isMany: true,
    help: 'a photo: front=front.jpg, head bowed a little, brows and eyes showing; then top=, left=, back= ...',
  },
  anchors: {
    value: 'view=file',
    isMany: true,
    help: 'JSON with named points of the head; places a photo without a face',
  },
  marks: { value: 'view=file', isMany: true, help: 'JSON with moles, scars, patches, outlines, known distances' },
  'hair-mask': { value: 'view=file', isMany: true, help: 'PNG as large as the photo, white where hair stays' },
  circumference: { value: 'mm', help: 'soft tape around the head, above the brows' },
  measure: { value: 'name=mm,...', isMany: true, help: 'more measures (see above); sagittal=345+-5 says its error' },
  head: { value: 'file', help: "a scan of the client's head: GLB, OBJ, PLY or STL" },
  'head-unit': { value: UNITS.join('|'), help: 'its unit (default: found out)' },
  'head-landmarks': { value: 'file', help: 'JSON with tragions and glabella in its coordinates (default: found)' },
  pigments: { value: 'file', help: "the studio's pigments, CSV or JSON; with a colour card in a photo one is chosen" },
  card: { value: 'file', help: 'what was read of the printed colour card (see stipple help card)' },
  'card-light': { value: null, help: 'the healed pictures once more in the light that the colour card tells' },
  norwood: { value: '1-7', help: "a man's balding pattern to cover (default 6)" },
  ludwig: { value: '1-3', help: "a woman's thinning pattern to fill (default 2 with --sex f)" },
  preset: { value: 'name', help: `${PRESETS.join(', ')}: instead of a pattern` },
  temples: { value: 'own|rebuilt', help: 'the peaks beside the temples: as they are (default) or rebuilt' },
  hump: {
    value: 'rebuilt|respected',
    help: 'with --norwood 6 or 7: the lost hump at the sides rebuilt (default) or left bare',
  },
  sex: { value: 'm|f', help: 'shapes the hairline (default m; f with --ludwig)' },
  age: { value: 'years', help: 'places the hairline, 18 to 100' },
  sessions: { value: '2-4', help: 'default 3' },
  reason: { value: 'text', help: 'why two sessions are enough; only --sessions 2 needs it' },
  start: { value: 'date', help: 'first session, as 2027-01-11; without it the course has no dates' },
  zone: { value: 'name', help: "time zone of the studio, as Europe/Berlin (default: this computer's)" },
  seed: { value: 'number', help: 'another number gives another, equally good, scatter of dots (default 7)' },
  unevenness: {
    value: `${SPREADS.least}-${SPREADS.most}`,
    help: 'how unevenly the dots lie, from very even to loose, as by hand (an estimate; default 0.106)',
  },
  fading: { value: 'name,...', help: 'what makes the work fade faster or slower on this client (see above)' },
  from: { value: 'plan.json', help: 'recompute a saved plan instead' },
  photos: { value: 'folder', help: 'with --from: where its photos are (default: beside plan.json)' },
  out: { value: 'folder', help: 'where the plan is written' },
  json: { value: null, help: 'print summary.json, and errors, as JSON' },
  help: { value: null, help: 'show this' },
} as const satisfies OptionTable;

export const CARD_OPTIONS = {
  photo: { value: 'file', help: 'the printed card beside a ColorChecker: reads it, and writes JSON' },
  out: { value: 'file', help: 'where the card (PDF), or what was read of it (JSON), is written' },
  json: { value: null, help: 'print errors as JSON' },
  help: PLAN_OPTIONS.help,
} as const satisfies OptionTable;

export const VERIFY_OPTIONS = {
  photos: { value: 'folder', help: 'where its photos are (default: DIR and the folder around it)' },
  json: { value: null, help: 'print the result as JSON' },
  help: PLAN_OPTIONS.help,
} as const satisfies OptionTable;
