import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { MakePlan, OutputFile, PlanJob } from './make-plan.ts';
import { runCommand, type CommandShell } from './run-command.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stipple-run-'));
  writeFileSync(join(root, 'a.jpg'), 'photo bytes');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const DOCUMENT = {
  schema: 1,
  engine: 'x',
  photos: [{ view: 'front', sha256: sha256('photo bytes') }],
} as unknown as PlanDocument;
const SUMMARY = { dots: 12345, sessions: [{}, {}, {}], warnings: [{ code: 'not-to-scale', text: 'measure the head' }] };

const picture = (level: number): Promise<Uint8Array> =>
  sharp({ create: { width: 4, height: 4, channels: 3, background: { r: level, g: 90, b: 90 } } })
    .png()
    .toBuffer();

/** Stands in for the computation, which has its own tests: writes the files it is told to. */
function shellWith(make: (job: PlanJob) => readonly OutputFile[] | Promise<readonly OutputFile[]>) {
  const said: string[] = [];
  const printed: string[] = [];
  const abort = new AbortController();
  const makePlan: MakePlan = async (job, { onFile }) => {
    for (const file of await make(job)) onFile(file);
    return SUMMARY as never;
  };
  const shell: CommandShell = {
    makePlan,
    makeCard: async (photo) => ({ bytes: bytes(photo ? 'read' : 'to print'), word: 'a word' }),
    parsePlan: (text) => JSON.parse(text) as PlanDocument,
    version: '1.2.3',
    localZone: () => 'Europe/Berlin',
    print: (text) => printed.push(text),
    say: (text) => said.push(text),
    showStep: () => undefined,
    signal: abort.signal,
  };
  return { shell, said, printed, abort, run: (...args: string[]) => runCommand(args, shell) };
}

const saved = () => [
  { name: 'plan.json', bytes: bytes(JSON.stringify(DOCUMENT)) },
  { name: 'dots.csv', bytes: bytes('dots') },
];

describe('stipple plan', () => {
  test('hands the bytes of the photo to the computation and writes what it gives', async () => {
    let job: PlanJob | null = null;
    const { run, printed, said } = shellWith((given) => {
      job = given;
      return saved();
    });
    expect(await run('plan', '--photo', `front=${root}/a.jpg`, '--out', `${root}/out`)).toBe(0);
    expect(job).toMatchObject({
      kind: 'plan',
      photos: [{ view: 'front', name: 'a.jpg', hairMask: null, anchors: null, marks: null }],
      head: null,
    });
    expect(Buffer.from(job!.photos[0]!.bytes).toString()).toBe('photo bytes');
    expect(readdirSync(join(root, 'out')).sort()).toEqual(['dots.csv', 'plan.json']);
    expect(said).toEqual(['note (not-to-scale): measure the head']);
    expect(printed).toEqual([`12,345 dots in 3 sessions; 2 files in ${root}/out`]);
  });

  test('prints nothing but the summary with --json', async () => {
    const { run, printed, said } = shellWith(saved);
    await run('plan', '--photo', `front=${root}/a.jpg`, '--json', '--out', `${root}/out`);
    expect(said).toEqual([]);
    expect(JSON.parse(printed.join(''))).toEqual(SUMMARY);
  });

  test('says code, reason and remedy of a refusal, exits 3 and leaves nothing', async () => {
    const refusing = shellWith(() => {
      throw new Refusal('no-face', 'a.jpg');
    });
    expect(await refusing.run('plan', '--photo', `front=${root}/a.jpg`, '--out', `${root}/out`)).toBe(3);
    expect(refusing.said.join()).toMatch(/^stipple: no-face \(a\.jpg\): No face was found.*\nTake it from the front/);
    expect(await refusing.run('plan', '--photo', `front=${root}/a.jpg`, '--out', `${root}/out`, '--json')).toBe(3);
    expect(JSON.parse(refusing.said[1]!)).toMatchObject({ code: 'no-face', detail: 'a.jpg' });
    for (const said of refusing.said) expect(said).toContain('Or mark four or more points of the head: see --anchors.');
    expect(readdirSync(root)).toEqual(['a.jpg']);
  });

  test('answers a wrong command with exit 2 and one sentence, as JSON when asked', async () => {
    const { run, said } = shellWith(saved);
    expect(await run('plan', '--norwod', '3')).toBe(2);
    expect(await run('plan', '--json')).toBe(2);
    expect(said[0]).toContain('did you mean --norwood?');
    expect(JSON.parse(said[1]!)).toMatchObject({ code: 'command' });
  });

  test('refuses a photo that is not there, is a folder or is too large, before any computation', async () => {
    const { run, said } = shellWith(() => {
      throw new Error('computed');
    });
    mkdirSync(join(root, 'dir.jpg'));
    writeFileSync(join(root, 'large.jpg'), Buffer.alloc(40 * 1024 * 1024 + 1));
    for (const name of ['absent.jpg', 'dir.jpg', 'large.jpg']) {
      expect(await run('plan', '--photo', `front=${root}/${name}`, '--out', `${root}/out`)).toBe(3);
    }
    expect(said.map((text) => text.split(' ')[1])).toEqual([
      'file-not-readable',
      'file-not-readable',
      'photo-too-large',
    ]);
  });

  test('hands over points, marks, scan and landmarks, read but for the scan', async () => {
    const file = (name: string, content: string) => {
      writeFileSync(join(root, name), content);
      return join(root, name);
    };
    const anchors = file('a.json', '{"vertex": [5, 6]}');
    const marks = file('m.json', '{"marks": [{"kind": "whorl", "at": [7, 8]}]}');
    const landmarks = file('l.json', '{"leftTragion": [75, 0, 0], "rightTragion": [-75, 0, 0], "nasion": [0, 24, 93]}');
    const scan = file('head.ply', 'ply');
    let job: PlanJob | null = null;
    const { run } = shellWith((given) => {
      job = given;
      return saved();
    });
    const photo = ['--photo', `top=${root}/a.jpg`, '--anchors', `top=${anchors}`, '--marks', `top=${marks}`];
    const head = ['--head', scan, '--head-unit', 'mm', '--head-landmarks', landmarks];
    expect(await run('plan', ...photo, ...head, '--out', `${root}/out`)).toBe(0);
    expect(job).toMatchObject({
      photos: [
        {
          view: 'top',
          anchors: { unit: 'px', points: [{ name: 'vertex', at: [5, 6] }] },
          marks: { unit: 'px', marks: [{ kind: 'whorl', at: [7, 8] }], distances: [] },
        },
      ],
      head: { name: 'head.ply', unit: 'mm', landmarks: { nasion: [0, 24, 93] } },
    });
  });

  test('refuses points, marks and landmarks that cannot be read, naming the file and the place', async () => {
    const { run, said } = shellWith(() => {
      throw new Error('computed');
    });
    writeFileSync(join(root, 'bad.json'), '{"vertex": [5], "leftTragion": [1, 2, 3]}');
    writeFileSync(join(root, 'long.json'), ' '.repeat(70_000));
    const photo = ['plan', '--photo', `front=${root}/a.jpg`, '--out', `${root}/out`];
    expect(await run(...photo, '--anchors', `front=${root}/bad.json`)).toBe(3);
    expect(await run(...photo, '--marks', `front=${root}/bad.json`)).toBe(3);
    expect(await run(...photo, '--marks', `front=${root}/long.json`)).toBe(3);
    expect(await run(...photo, '--head', `${root}/a.jpg`, '--head-landmarks', `${root}/bad.json`)).toBe(3);
    expect(await run(...photo, '--anchors', `front=${root}/absent.json`)).toBe(3);
    expect(said.map((text) => text.split('\n')[0]!.slice('stipple: '.length, 62))).toEqual([
      expect.stringMatching(/^anchors-unreadable \(bad[.]json, vertex must be \[x, y\]/),
      expect.stringMatching(/^marks-unreadable \(bad[.]json, it has neither/),
      expect.stringMatching(/^marks-unreadable \(.*/),
      expect.stringMatching(/^scan-landmarks \(bad[.]json, vertex/),
      expect.stringMatching(/^file-not-readable/),
    ]);
    expect(said[2]).toContain('long.json (69 KB)');
  });

  test('writes nothing when it is interrupted during the computation', async () => {
    const { run, abort, said } = shellWith(() => {
      abort.abort();
      return saved();
    });
    expect(await run('plan', '--photo', `front=${root}/a.jpg`, '--out', `${root}/out`)).toBe(3);
    expect(said[0]).toContain('interrupted');
    expect(existsSync(join(root, 'out'))).toBe(false);
  });

  test('lets a fault of ours through with its stack', async () => {
    const { run } = shellWith(() => {
      throw new TypeError('ours');
    });
    await expect(run('plan', '--photo', `front=${root}/a.jpg`, '--out', `${root}/out`)).rejects.toThrow('ours');
  });
});

describe('stipple plan --from', () => {
  test('finds the photo by its fingerprint, whatever it is called', async () => {
    const { run } = shellWith((job) => {
      expect(job).toMatchObject({ kind: 'recompute', photos: [{ view: 'front', name: 'b.png' }] });
      return saved();
    });
    mkdirSync(join(root, 'photos'));
    writeFileSync(join(root, 'photos/a.jpg'), 'another photo');
    writeFileSync(join(root, 'photos/b.png'), 'photo bytes');
    writeFileSync(join(root, 'plan.json'), JSON.stringify(DOCUMENT));
    expect(await run('plan', '--from', `${root}/plan.json`, '--photos', `${root}/photos`, '--out', `${root}/out`)).toBe(
      0,
    );
  });

  test('passes over what is called like a photo and is none', async () => {
    const { run } = shellWith((job) => {
      expect(job).toMatchObject({ kind: 'recompute', photos: [{ view: 'front', name: 'b.jpg' }] });
      return saved();
    });
    mkdirSync(join(root, 'photos'));
    symlinkSync(root, join(root, 'photos/a.jpg'));
    symlinkSync(join(root, 'nowhere'), join(root, 'photos/aa.jpg'));
    writeFileSync(join(root, 'photos/b.jpg'), 'photo bytes');
    writeFileSync(join(root, 'plan.json'), JSON.stringify(DOCUMENT));
    expect(await run('plan', '--from', `${root}/plan.json`, '--photos', `${root}/photos`, '--out', `${root}/out`)).toBe(
      0,
    );
  });

  test('refuses a path that leads through a file, or is too long', async () => {
    const { run, said } = shellWith(saved);
    for (const path of [`${root}/a.jpg/b.jpg`, `${root}/${'x'.repeat(300)}.jpg`]) {
      expect(await run('plan', '--photo', `front=${path}`, '--out', `${root}/out`)).toBe(3);
      expect(said.at(-1)).toContain(`stipple: file-not-readable (${path} `);
    }
    expect(await run('verify', `${root}/a.jpg`)).toBe(3);
    expect(said.at(-1)).toContain('stipple: file-not-readable');
  });

  test('tells a photo that is missing from one that differs', async () => {
    const { run, said } = shellWith(saved);
    mkdirSync(join(root, 'saved'));
    mkdirSync(join(root, 'photos'));
    writeFileSync(join(root, 'saved/plan.json'), JSON.stringify(DOCUMENT));
    writeFileSync(join(root, 'photos/a.jpg'), 'another photo');
    const from = ['plan', '--from', `${root}/saved/plan.json`, '--out', `${root}/out`];
    expect(await run(...from)).toBe(3);
    expect(await run(...from, '--photos', `${root}/photos`)).toBe(3);
    expect(said.map((text) => text.split(' ')[1])).toEqual(['photo-missing', 'photo-differs']);
  });
});

describe('stipple verify', () => {
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(root, 'out', name), content);
  beforeEach(async () => {
    mkdirSync(join(root, 'out'));
    write('plan.json', JSON.stringify(DOCUMENT));
    write('dots.csv', 'dots');
    write('front.healed.png', await picture(90));
  });

  test('finds equal files equal, pictures within one level', async () => {
    const { run, printed } = shellWith(async () => [
      ...saved(),
      { name: 'front.healed.png', bytes: await picture(91) },
    ]);
    expect(await run('verify', `${root}/out`, '--json')).toBe(0);
    expect(JSON.parse(printed[0]!)).toEqual({
      equal: ['plan.json', 'dots.csv', 'front.healed.png'],
      different: [],
      absent: [],
      notCompared: [],
    });
  });

  test('exits 3 and names what differs or is missing', async () => {
    const { run, said } = shellWith(async () => [
      ...saved(),
      { name: 'front.healed.png', bytes: await picture(92) },
      { name: 'course.ics', bytes: bytes('ics') },
    ]);
    write('dots.csv', 'dotz');
    expect(await run('verify', `${root}/out`)).toBe(3);
    expect(said[0]).toContain('result-differs (dots.csv, front.healed.png, course.ics)');
  });

  test('says what it could not compare for want of the photo', async () => {
    rmSync(join(root, 'a.jpg'));
    const { run, printed } = shellWith((job) => {
      expect(job.photos).toEqual([]);
      return saved();
    });
    expect(await run('verify', `${root}/out`)).toBe(0);
    expect(printed[0]).toContain('Not compared, for want of the photo: front.healed.png');
  });
});

describe('stipple card', () => {
  test('writes the card, and what a photo tells of a printed one', async () => {
    const { run, printed } = shellWith(() => []);
    expect(await run('card', '--out', join(root, 'card.pdf'))).toBe(0);
    expect(readFileSync(join(root, 'card.pdf'), 'utf8')).toBe('to print');
    expect(await run('card', '--photo', join(root, 'a.jpg'), '--out', join(root, 'card.pdf'))).toBe(0);
    expect(readFileSync(join(root, 'card.pdf'), 'utf8')).toBe('read');
    expect(printed.at(-1)).toContain('a word');
    expect(readdirSync(root).sort()).toEqual(['a.jpg', 'card.pdf']);
  });

  test('needs a place to write to, and leaves nothing where it cannot', async () => {
    const { run, said } = shellWith(() => []);
    expect(await run('card')).toBe(2);
    expect(said.at(-1)).toContain('--out is missing');
    expect(await run('card', '--out', join(root, 'nowhere', 'card.pdf'))).toBe(3);
    mkdirSync(join(root, 'folder'));
    expect(await run('card', '--out', join(root, 'folder'))).toBe(3);
    expect(readdirSync(join(root, 'folder'))).toEqual([]);
  });
});

describe('the files of colour', () => {
  test('reach the computation read, and are refused by name when they cannot be', async () => {
    writeFileSync(join(root, 'inks.csv'), 'name,hex,dilutions\nBlack,#222020,5 10 20\n');
    const labs = Array.from({ length: 24 }, (_, k) => [95 - 3 * k, 0, 0]);
    writeFileSync(join(root, 'card.json'), JSON.stringify({ card: 'stipple-1', labs }));
    const jobs: PlanJob[] = [];
    const { run, said } = shellWith((job) => {
      jobs.push(job);
      return saved();
    });
    const plan = ['plan', '--photo', `front=${join(root, 'a.jpg')}`, '--out', join(root, 'out')];
    expect(
      await run(...plan, '--pigments', join(root, 'inks.csv'), '--card', join(root, 'card.json'), '--card-light'),
    ).toBe(0);
    expect(jobs[0]).toMatchObject({
      request: { pigments: [{ id: 'black', dilutions: [5, 10, 20] }], cardLabs: labs, isCardLight: true },
    });
    expect(await run(...plan, '--pigments', join(root, 'card.json'))).toBe(3);
    expect(said.at(-1)).toContain('pigments-unreadable (card.json');
    expect(await run(...plan, '--card', join(root, 'inks.csv'))).toBe(3);
    expect(said.at(-1)).toContain('card-unreadable (inks.csv');
  });
});
