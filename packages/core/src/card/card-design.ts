/**
 * The cards that are known: where their patches lie, and which of them are grey.
 *
 * 'stipple-1' is ours to print, as large as a bank card: four targets in the corners, eight greys, eight colours of skin
 * from very light to very dark, eight more that hold a correction upright. 'classic-24' stands for ColorChecker Classic
 * and cards of its pattern, six by four patches on black; only proportions count.
 *
 * Millimetres from the left upper corner, y down. `srgb` is what is sent to the printer, and no more than that.
 */
export type CardKind = 'stipple-1' | 'classic-24';

export interface CardPatch {
  readonly id: string;
  /** Middle of the patch. */
  readonly xMm: number;
  readonly yMm: number;
  readonly isGrey: boolean;
}

export interface CardDesign {
  readonly kind: CardKind;
  readonly name: string;
  readonly widthMm: number;
  readonly heightMm: number;
  /** Side of the square patches. */
  readonly patchMm: number;
  readonly patches: readonly CardPatch[];
}

export interface PrintedPatch extends CardPatch {
  /** 8-bit codes; null is bare paper. */
  readonly srgb: readonly [number, number, number] | null;
}

/** Radii of a target: black disc, white ring, black ring. */
export const TARGET = { dotMm: 1.6, holeMm: 3, outerMm: 4.2 } as const;

const WIDTH_MM = 85.6;
const HEIGHT_MM = 54;
const INSET_MM = 6.8;
const PITCH_MM = 9.9;
const LEFT_MM = (WIDTH_MM - 7 * PITCH_MM) / 2;
const TOP_MM = HEIGHT_MM / 2 - 9.6;

/** Middles of the targets: left upper, right upper, right lower, left lower. */
export const TARGETS_MM: readonly (readonly [xMm: number, yMm: number])[] = [
  [INSET_MM, INSET_MM],
  [WIDTH_MM - INSET_MM, INSET_MM],
  [WIDTH_MM - INSET_MM, HEIGHT_MM - INSET_MM],
  [INSET_MM, HEIGHT_MM - INSET_MM],
];

type Srgb = readonly [number, number, number];
const grey = (code: number): Srgb => [code, code, code];

const PRINTED: readonly (readonly [row: string, colours: readonly (Srgb | null)[]])[] = [
  ['grey', [null, grey(226), grey(196), grey(166), grey(136), grey(106), grey(74), grey(40)]],
  [
    'skin',
    [
      [246, 219, 200],
      [234, 196, 170],
      [219, 172, 140],
      [198, 146, 113],
      [168, 116, 84],
      [134, 88, 62],
      [98, 62, 44],
      [66, 42, 32],
    ],
  ],
  [
    'colour',
    [
      [178, 58, 52],
      [226, 186, 62],
      [72, 128, 70],
      [62, 140, 160],
      [52, 78, 140],
      [160, 72, 118],
      [92, 70, 54],
      [52, 48, 50],
    ],
  ],
];

export const PRINTED_PATCHES: readonly PrintedPatch[] = PRINTED.flatMap(([row, colours], j) =>
  colours.map((srgb, i) => ({
    id: `${row}-${i + 1}`,
    xMm: LEFT_MM + i * PITCH_MM,
    yMm: TOP_MM + j * 9.6,
    isGrey: row === 'grey',
    srgb,
  })),
);

export const STIPPLE_CARD: CardDesign = {
  kind: 'stipple-1',
  name: 'Stipple card',
  widthMm: WIDTH_MM,
  heightMm: HEIGHT_MM,
  patchMm: 9,
  patches: PRINTED_PATCHES.map(({ id, xMm, yMm, isGrey }) => ({ id, xMm, yMm, isGrey })),
};

export const CLASSIC_COLUMNS = 6;
export const CLASSIC_ROWS = 4;

/** A patch and its gap are ten long; the middle of the left upper patch is at (5, 5). */
export const CLASSIC_CARD: CardDesign = {
  kind: 'classic-24',
  name: 'ColorChecker Classic',
  widthMm: 10 * CLASSIC_COLUMNS,
  heightMm: 10 * CLASSIC_ROWS,
  patchMm: 8.6,
  patches: Array.from({ length: CLASSIC_COLUMNS * CLASSIC_ROWS }, (_, k) => {
    const [i, j] = [k % CLASSIC_COLUMNS, Math.floor(k / CLASSIC_COLUMNS)];
    return { id: `${'ABCDEF'[i]}${j + 1}`, xMm: 10 * i + 5, yMm: 10 * j + 5, isGrey: j === 3 };
  }),
};
