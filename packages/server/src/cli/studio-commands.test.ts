import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { backupsIn } from '../storage/backup/backup-folder.ts';
import { openStorage } from '../storage/open-storage.ts';
import { readStorageSettings } from '../storage/storage-settings.ts';
import { blobNameOf } from '../storage/objects/object-store.ts';
import { appendAudit } from '../storage/audit.ts';
import { addStudio, testId, testRunFolder } from '../storage/testing/test-database.ts';
import { STUDIO_COMMANDS, isStudioCommand, type StudioCommandName } from './studio-command-table.ts';
import { runStudioCommand } from './studio-commands.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(testRunFolder(), 'commands-'));
  chmodSync(folder, 0o755);
  return folder;
}

const surroundings = { env: {}, platform: 'linux', home: '/nowhere', isRoot: false } as const;

interface Outcome {
  readonly code: number;
  readonly printed: string;
  readonly said: string;
}

async function run(name: StudioCommandName, words: string[], input = '', now = new Date()): Promise<Outcome> {
  let [printed, said] = ['', ''];
  const code = await runStudioCommand(name, words, {
    surroundings,
    now: () => now,
    readStandardInput: () => input,
    print: (text) => (printed += `${text}\n`),
    say: (text) => (said += `${text}\n`),
    showStep: () => {},
  });
  return { code, printed, said };
}

const data = join(newFolder(), 'data');
const settings = readStorageSettings(data, surroundings);
const objectId = testId();
let studioId: string;

beforeAll(async () => {
  const storage = await openStorage(settings);
  studioId = await addStudio(storage);
  await storage.inStudio(studioId, async (tx) => {
    const key = await storage.keys.get(tx, { studioId, ownerId: studioId, purpose: 'studio' });
    const object = { studioId, id: objectId, mediaType: 'image/png', bytes: randomBytes(3000), at: new Date() };
    await storage.files.put(tx, key, object);
    await appendAudit(tx, {
      studioId,
      at: new Date(),
      actorKind: 'system',
      actorId: null,
      action: 'object.create',
      subjectKind: 'object',
      subjectId: objectId,
      detail: {},
    });
  });
  await storage.close();
});

describe('the commands about the records', () => {
  it('are known by name, and each says what it does', async () => {
    expect(isStudioCommand('plan')).toBe(false);
    expect(isStudioCommand('toString')).toBe(false);
    for (const name of Object.keys(STUDIO_COMMANDS) as StudioCommandName[]) {
      const { code, printed } = await run(name, ['--help']);
      expect(code).toBe(0);
      expect(printed).toContain(`stipple ${name}`);
    }
  });

  it('back up, restore elsewhere, and find all well there', async () => {
    const backup = await run('backup', ['--data', data]);
    expect(backup).toMatchObject({ code: 0, said: '' });
    expect(backup.printed).toMatch(/backups\/.*Z: \d+ rows, 1 objects \(1 new\)/);
    const other = join(newFolder(), 'data');
    const folder = settings.backups.folder;
    expect(await run('restore', [folder, '--data', other])).toMatchObject({
      code: 3,
      said: expect.stringMatching(/no key file/),
    });
    const sheet = await run('recovery-sheet', ['--data', data]);
    expect(sheet.printed).toContain('RECOVERY SHEET');
    expect(await run('recover-key', ['--data', other], sheet.printed)).toMatchObject({ code: 0 });
    expect(await run('recover-key', ['--data', other], sheet.printed)).toMatchObject({ code: 3 });
    expect(await run('restore', [folder, '--data', other])).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/is restored and equal to it: \d+ rows, 1 objects/),
    });
    expect(await run('restore', [folder, '--data', other])).toMatchObject({
      code: 3,
      said: expect.stringMatching(/already holds records/),
    });
    const { code, printed } = await run('doctor', ['--data', other, '--thorough']);
    expect(printed).toContain('all 1 are there and whole');
    expect(code).toBe(0);
    expect(await run('audit', ['verify', '--data', other])).toMatchObject({ code: 0 });
  });

  it('open a backup by its passphrase where nothing else is, and bring the key with it', async () => {
    const passphrase = join(newFolder(), 'passphrase');
    writeFileSync(passphrase, 'four words on paper\n');
    const to = join(newFolder(), 'backups');
    expect(await run('backup', ['--data', data, '--to', to, '--passphrase-file', passphrase])).toMatchObject({
      code: 0,
    });
    const other = join(newFolder(), 'data');
    const backup = join(to, backupsIn(to)[0]!);
    expect(await run('restore', [backup, '--data', other, '--passphrase-file', passphrase])).toMatchObject({ code: 0 });
    expect(readFileSync(join(other, 'keys', 'master.key'))).toEqual(readFileSync(settings.keyFile));
  });

  it('tell good from trouble: a lost object, a damaged one, a clock that is behind, a key file for all to read', async () => {
    const path = join(data, 'objects', blobNameOf(studioId, objectId));
    const findings = async (...words: string[]) => {
      const { code, printed } = await run('doctor', ['--data', data, '--json', ...words]);
      const found = JSON.parse(printed) as { about: string; state: string; text: string }[];
      return { code, troubles: found.filter(({ state }) => state === 'trouble').map(({ about }) => about) };
    };
    expect(await findings()).toEqual({ code: 0, troubles: [] });
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.with(100, bytes[100]! ^ 1));
    expect(await findings()).toEqual({ code: 0, troubles: [] });
    expect(await findings('--thorough')).toEqual({ code: 3, troubles: ['objects'] });
    renameSync(path, `${path}.away`);
    expect(await findings()).toEqual({ code: 3, troubles: ['objects'] });
    rmSync(`${path}.away`);
    writeFileSync(path, bytes);
    chmodSync(settings.keyFile, 0o644);
    expect(await findings()).toEqual({ code: 3, troubles: ['key file', 'database'] });
    chmodSync(settings.keyFile, 0o600);
    const behind = await run('doctor', ['--data', data], '', new Date('2020-01-01'));
    expect(behind.code).toBe(3);
    expect(behind.printed).toMatch(/TROUBLE clock .*minutes behind/);
  });

  it('say that backups lie on the disk of the records, and forget a folder whose backups are gone', async () => {
    const { printed, code } = await run('doctor', ['--data', data]);
    expect(code).toBe(0);
    expect(printed).toMatch(/! +backups +.*on the same disk as the records/);
    const gone = join(newFolder(), 'backups');
    expect(await run('backup', ['--data', data, '--forget', gone])).toMatchObject({ code: 3 });
    expect(await run('backup', ['--data', data, '--to', gone])).toMatchObject({ code: 0 });
    expect(await run('backup', ['--data', data, '--forget', gone])).toMatchObject({ code: 0 });
  });

  it('make nothing where there are no records', async () => {
    const nowhere = join(newFolder(), 'data');
    for (const words of [['backup'], ['audit', 'verify'], ['doctor']] as [StudioCommandName, ...string[]][]) {
      const [name, ...rest] = words;
      const { code, said, printed } = await run(name, [...rest, '--data', nowhere]);
      expect(code).toBe(3);
      expect(said + printed).toMatch(/there are no records in .*name their folder with --data/);
    }
    expect(existsSync(nowhere)).toBe(false);
  });

  it('say what was typed wrong', async () => {
    expect(await run('restore', [])).toMatchObject({ code: 2, said: expect.stringMatching(/name the folder/) });
    expect(await run('audit', ['verfy'])).toMatchObject({ code: 2 });
    expect(await run('backup', ['now'])).toMatchObject({
      code: 2,
      said: expect.stringMatching(/"now" is one word too many/),
    });
    expect(await run('doctor', ['--deep'])).toMatchObject({ code: 2, said: expect.stringMatching(/no option --deep/) });
    expect(await run('restore', [newFolder(), '--data', join(newFolder(), 'x')])).toMatchObject({
      code: 3,
      said: expect.stringMatching(/there is no backup in/),
    });
  });
});
