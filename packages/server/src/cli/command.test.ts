import { describe, expect, test } from 'vitest';
import { parseCommand } from './command.ts';
import { CommandError, editDistance } from './option-table.ts';

const parse = (line: string) => parseCommand(line.split(' ').filter(Boolean), () => 'Europe/Berlin');
const BASE = 'plan --photo front=a.jpg --out out';

/** The sentence of the refusal; fails when the command is accepted. */
function fault(line: string): string {
  try {
    parse(line);
  } catch (error) {
    expect(error).toBeInstanceOf(CommandError);
    return (error as Error).message;
  }
  throw new Error(`accepted: ${line}`);
}

describe('stipple plan', () => {
  test('needs only a photo and a folder, and fills in the rest as the help says', () => {
    expect(parse(BASE)).toEqual({
      kind: 'plan',
      photos: [{ view: 'front', path: 'a.jpg' }],
      hairMasks: [],
      anchors: [],
      marks: [],
      head: null,
      pigments: null,
      card: null,
      out: 'out',
      isJson: false,
      request: {
        client: { sex: 'm', ageYears: null },
        measures: [],
        zoneTapes: [],
        presentation: { kind: 'norwood', stage: 6 },
        sessions: 3,
        reason: null,
        start: null,
        timeZone: 'Europe/Berlin',
        seed: 7,
      },
    });
  });

  test('reads every option of the design', () => {
    const line = `${BASE} --circumference 575 --measure sagittal=345,coronal=350.5 --measure length=197 --hair-mask front=m.png
      --norwood 3 --sex m --age 42 --sessions 4 --start 2028-02-29 --zone Asia/Kathmandu --seed 12
      --unevenness 0.125 --json`;
    expect(parse(line.replaceAll(/\s+/g, ' '))).toMatchObject({
      hairMasks: [{ view: 'front', path: 'm.png' }],
      isJson: true,
      request: {
        client: { sex: 'm', ageYears: 42 },
        measures: [
          { kind: 'circumference', valueMm: 575, source: 'soft tape' },
          { kind: 'sagittal', valueMm: 345, source: 'soft tape' },
          { kind: 'coronal', valueMm: 350.5, source: 'soft tape' },
          { kind: 'length', valueMm: 197, source: 'calliper' },
        ],
        presentation: { kind: 'norwood', stage: 3 },
        sessions: 4,
        reason: null,
        start: '2028-02-29',
        timeZone: 'Asia/Kathmandu',
        seed: 12,
        unevenness: 0.125,
      },
    });
  });

  test('says of each presentation what it leaves to choose', () => {
    const chosen = (line: string) => {
      const command = parse(`${BASE} ${line}`);
      return command.kind === 'plan' ? command.request.presentation : null;
    };
    expect(chosen('--norwood 7 --hump respected --temples rebuilt')).toEqual({
      kind: 'norwood',
      stage: 7,
      temples: 'rebuilt',
      hump: 'respected',
    });
    expect(chosen('--hump respected')).toEqual({ kind: 'norwood', stage: 6, hump: 'respected' });
    expect(chosen('--preset hairline --temples rebuilt')).toEqual({ kind: 'hairline', temples: 'rebuilt' });
  });

  test('takes what makes the work fade, in any order', () => {
    expect(parse(`${BASE} --fading smoker,heavy-sun`)).toMatchObject({ request: { fading: ['smoker', 'heavy-sun'] } });
  });

  test('takes several photos of any name, each with its own points, marks and mask', () => {
    const line = `${BASE} --photo top=b.jpg --photo left-45=c.jpg --anchors top=t.json --anchors left-45=l.json
      --marks front=f.json --marks top=m.json --hair-mask top=h.png`;
    expect(parse(line.replaceAll(/\s+/g, ' '))).toMatchObject({
      photos: [
        { view: 'front', path: 'a.jpg' },
        { view: 'top', path: 'b.jpg' },
        { view: 'left-45', path: 'c.jpg' },
      ],
      anchors: [
        { view: 'top', path: 't.json' },
        { view: 'left-45', path: 'l.json' },
      ],
      marks: [
        { view: 'front', path: 'f.json' },
        { view: 'top', path: 'm.json' },
      ],
      hairMasks: [{ view: 'top', path: 'h.png' }],
    });
  });

  test('takes a scan of the head, its unit and its landmarks, or leaves them to be found', () => {
    const head = { path: 'b.ply', unit: 'cm', landmarks: 'l.json' };
    expect(parse(`${BASE} --head b.ply --head-unit cm --head-landmarks l.json`)).toMatchObject({ head });
    expect(parse(`${BASE} --head b.ply`)).toMatchObject({ head: { path: 'b.ply', unit: null, landmarks: null } });
  });

  test('takes a measure as often as it was taken, with its error in any spelling', () => {
    const line = `${BASE} --circumference 575+-4 --measure circumference=578,sagittal=345±5 --measure pupils=63,height=131+/-6`;
    expect(parse(`${line},bald-length=140,bald-width=120+-8`)).toMatchObject({
      request: {
        measures: [
          { kind: 'circumference', valueMm: 575, sdMm: 2 },
          { kind: 'circumference', valueMm: 578, sdMm: 3 },
          { kind: 'sagittal', valueMm: 345, sdMm: 2.5 },
          { kind: 'pupils', valueMm: 63, source: 'ruler' },
          { kind: 'height', valueMm: 131, sdMm: 3 },
        ],
        zoneTapes: [
          { kind: 'bald-length', valueMm: 140 },
          { kind: 'bald-width', valueMm: 120, sdMm: 4 },
        ],
      },
    });
  });

  test.each(['fut-scar', 'fue-scars', 'patch', 'full', 'hairline'] as const)('knows the preset %s', (kind) => {
    expect(parse(`${BASE} --preset ${kind}`)).toMatchObject({ request: { presentation: { kind } } });
  });

  test("takes a woman's pattern for a woman and a woman for a woman's pattern", () => {
    expect(parse(`${BASE} --sex f`)).toMatchObject({ request: { presentation: { kind: 'ludwig', stage: 2 } } });
    expect(parse(`${BASE} --ludwig 1`)).toMatchObject({ request: { client: { sex: 'f' } } });
    expect(parse(`${BASE} --ludwig 1 --sex m`)).toMatchObject({ request: { client: { sex: 'm' } } });
    expect(parse(`${BASE} --preset hairline`)).toMatchObject({ request: { presentation: { kind: 'hairline' } } });
  });

  test('keeps an equals sign in the name of a file', () => {
    expect(parse('plan --photo=front=a=b.jpg --out=o=1')).toMatchObject({
      photos: [{ view: 'front', path: 'a=b.jpg' }],
      out: 'o=1',
    });
  });

  test.each([
    ['plan --photo front=a.jpg', '--out is missing'],
    ['plan --out o', '--photo is missing'],
    ['plan a.jpg --out o', '--photo front=a.jpg'],
    ['plan --photo a.jpg --out o', 'front=a.jpg'],
    ['plan --photo front= --out o', 'view=file'],
    ['plan --photo bakc=b.jpg --out o', 'bakc= is no view; did you mean back?'],
    ['plan --photo front-bowd=b.jpg --photo rihgt-2=c.jpg --out o', 'rihgt-2= is no view; did you mean right-2?'],
    ['plan --photo front=a --photo front=b --out o', 'given twice'],
    ['plan --photo --out o', '--photo needs a value'],
    [`${BASE} --out p`, '--out is given twice'],
    [`${BASE} --norwod 3`, 'did you mean --norwood?'],
    [`${BASE} --circumfrence 575`, 'did you mean --circumference?'],
    [`${BASE} --colour red`, 'no option --colour.'],
    [`${BASE} -o p`, 'no option -o'],
    [`${BASE} --json=yes`, '--json takes no value'],
    [`${BASE} --circumference about`, 'not a number of millimetres'],
    [`${BASE} --circumference -575`, 'not a number of millimetres'],
    [`${BASE} --circumference 0`, 'not a number of millimetres'],
    [`${BASE} --circumference 1e3`, 'not a number of millimetres'],
    [`${BASE} --measure saggital=345`, 'did you mean sagittal?'],
    [`${BASE} --measure sagittal`, 'name=mm'],
    [`${BASE} --measure sagittal=345+-`, 'not a number of millimetres'],
    [`${BASE} --measure sagittal=345+-0`, 'the error of "345+-0"'],
    [`${BASE} --measure sagittal=345+5`, 'not a number of millimetres'],
    [`${BASE} --measure bald-lenght=140`, 'did you mean bald-length?'],
    [`${BASE} --measure ${Array(21).fill('sagittal=345').join(',')}`, 'at most 20 measures'],
    [`${BASE} --norwood 8`, 'from 1 to 7'],
    [`${BASE} --norwood 3 --ludwig 2`, 'exclude each other'],
    [`${BASE} --preset bald`, 'full, hairline, fut-scar, fue-scars or patch'],
    [`${BASE} --sex x`, 'm or f'],
    [`${BASE} --age 17`, 'from 18 to 100'],
    [`${BASE} --sessions 1`, 'from 2 to 4'],
    [`${BASE} --sessions 2`, 'needs --reason'],
    [`${BASE} --sessions 3 --reason small`, 'belongs to --sessions 2'],
    [`${BASE} --sessions 2 --reason ${'x'.repeat(1001)}`, '--reason is at most 1000 characters long'],
    [`${BASE} --start 2027-02-29`, 'not a date'],
    [`${BASE} --start 11.01.2027`, 'not a date'],
    [`${BASE} --zone Mars/Olympus`, 'not a time zone'],
    [`${BASE} --seed 1.5`, 'whole number'],
    [`${BASE} --unevenness 0.2`, 'a number from 0.08 (very even) to 0.15'],
    [`${BASE} --unevenness 0.0799`, 'without it dots lie as usual'],
    [`${BASE} --unevenness 1e-1`, 'not "1e-1"'],
    ['plan --from plan.json --out out --unevenness 0.1', '--unevenness cannot change it'],
    [`${BASE} --fading sun`, 'nothing is called "sun".'],
    [`${BASE} --fading smoker,heavy-snu`, 'did you mean heavy-sun?'],
    [`${BASE} --fading oily-skin,smoker,dry-flaky-skin`, 'oily-skin and dry-flaky-skin exclude each other'],
    ['plan --from plan.json --out out --fading smoker', '--fading cannot change it'],
    [`${BASE} --norwood 5 --hump respected`, '--hump belongs to --norwood 6 and 7'],
    [`${BASE} --preset full --hump rebuilt`, '--hump belongs to --norwood 6 and 7'],
    [`${BASE} --sex f --temples own`, '--temples belongs to'],
    [`${BASE} --preset patch --temples rebuilt`, '--temples belongs to'],
    [`${BASE} --hump gone`, 'rebuilt or respected'],
    [`${BASE} --hair-mask top=m.png`, 'no photo of that view'],
    [`${BASE} --anchors top=a.json`, '--anchors top= has no photo of that view'],
    [`${BASE} --marks front=a --marks front=b`, '--marks front= is given twice'],
    [`${BASE} --anchors a.json`, 'view=file'],
    [`${BASE} --photo Top=b.jpg`, 'small letters'],
    [`${BASE} --photo ${'x'.repeat(41)}=b.jpg`, 'small letters'],
    [`plan --out o ${Array.from({ length: 13 }, (_, k) => `--photo v${k}=a`).join(' ')}`, 'at most 12 photos'],
    ['plan --head scan.glb --out o', '--head gives the shape alone'],
    [`${BASE} --head-unit mm`, '--head-unit belongs to --head'],
    [`${BASE} --head-landmarks l.json`, '--head-landmarks belongs to --head'],
    [`${BASE} --head a.glb --head-unit feet`, 'or m, not "feet"'],
    [`${BASE} --photos p`, '--photos belongs to --from'],
    ['plan --from p.json --out o --sex m', '--sex cannot change it'],
    ['plan --from p.json --photo front=a --out o', '--photo cannot change it'],
    ['plan --from p.json --marks front=a --out o', '--marks cannot change it'],
    ['verify', 'name the folder'],
    ['verify a b', 'one too many'],
    ['verify a --out b', 'no option --out'],
    ['paln', 'did you mean plan?'],
    ['--json plan', 'a command comes before'],
  ])('says what is wrong with: %s', (line, part) => {
    expect(fault(line)).toContain(part);
  });

  test('never takes an inherited name for an option', () => {
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(fault(`${BASE} --${name}`)).toContain('no option');
  });
});

test('stipple verify and help are understood', () => {
  expect(parse('verify out --photos p --json')).toEqual({ kind: 'verify', dir: 'out', photosDir: 'p', isJson: true });
  expect(parse('plan --help')).toEqual({ kind: 'help', topic: 'plan' });
  expect(parse('verify -h')).toEqual({ kind: 'help', topic: 'verify' });
  expect(parse('')).toEqual({ kind: 'help', topic: null });
  expect(parse('plan --from p.json --out o')).toEqual({
    kind: 'recompute',
    from: 'p.json',
    photosDir: null,
    out: 'o',
    isJson: false,
  });
});

test('edit distance counts a swap of neighbours once and is symmetric', () => {
  expect(editDistance('paln', 'plan')).toBe(1);
  expect(editDistance('norwod', 'norwood')).toBe(1);
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('sitting', 'kitten')).toBe(3);
  expect(editDistance('', 'abc')).toBe(3);
});

describe('on a computer that does not tell its time zone', () => {
  const words = BASE.split(' ');

  test('asks for it, and not for a mended one that nobody gave', () => {
    expect(() => parseCommand(words, () => null)).toThrow('this computer does not tell its time zone: say it');
  });

  test('takes the one that is given', () => {
    const command = parseCommand([...words, '--zone', 'Asia/Kathmandu'], () => null);
    expect(command).toMatchObject({ request: { timeZone: 'Asia/Kathmandu' } });
  });
});
