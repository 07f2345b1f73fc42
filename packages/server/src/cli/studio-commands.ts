/**
 * Carries out the commands that look after a studio's records (studio-command-table.ts).
 *
 * Like every command: 0 done; 2 the command was wrong; 3 it cannot be done or something is found to be in trouble, with
 * what to do on standard error.
 */
import { readFileSync } from 'node:fs';
import { SealBroken } from '../storage/keys/seal.ts';
import { backUp } from '../storage/backup/back-up.ts';
import { forgetFolder } from '../storage/backup/known-folders.ts';
import { restoreStudio } from '../storage/backup/restore-studio.ts';
import { type Finding, auditFindings, doctor } from '../storage/doctor.ts';
import { readMasterKey, settleMasterKey } from '../storage/keys/master-key.ts';
import { readRecoverySheet, writeRecoverySheet } from '../storage/keys/recovery-sheet.ts';
import { openExistingStorage } from '../storage/open-storage.ts';
import { type StorageSettings, type Surroundings, readStorageSettings } from '../storage/storage-settings.ts';
import { StorageTrouble } from '../storage/storage-trouble.ts';
import { CommandError, type ReadOptions, readOptions } from './option-table.ts';
import { EXIT_COMMAND, EXIT_DONE, EXIT_REFUSED } from './run-command.ts';
import { STUDIO_COMMANDS, type StudioCommandName, studioHelpOf } from './studio-command-table.ts';

export interface StudioShell {
  readonly surroundings: Surroundings;
  readonly now: () => Date;
  readonly readStandardInput: () => string;
  readonly print: (text: string) => void;
  readonly say: (text: string) => void;
  readonly showStep: (step: string | null) => void;
}

type Run = (settings: StorageSettings, options: ReadOptions, shell: StudioShell) => Promise<number>;

const RUNS: Readonly<Record<StudioCommandName, Run>> = {
  backup: async (settings, options, { now, print, showStep }) => {
    const storage = await openExistingStorage(settings);
    try {
      const gone = one(options, 'forget');
      if (gone !== undefined) {
        const isKnown = await forgetFolder(storage.database.owner, gone);
        if (!isKnown) throw new StorageTrouble(`no backup was ever written to ${gone}.`);
        print(`${gone} is forgotten.`);
        return EXIT_DONE;
      }
      showStep('Writing the backup');
      const passphrase = passphraseOf(options);
      const folder = one(options, 'to') ?? settings.backups.folder;
      const report = await backUp(storage, folder, { now: now(), ...(passphrase !== null && { passphrase }) });
      showStep(null);
      print(`${report.folder}: ${report.rows} rows, ${report.objects} objects (${report.newObjects} new).`);
      if (report.missing.length === 0) return EXIT_DONE;
      throw new StorageTrouble(
        `the backup is complete but for ${report.missing.length} objects that are missing where they should be: ${report.missing.slice(0, 5).join(', ')}. Run npx stipple doctor.`,
      );
    } finally {
      await storage.close();
    }
  },
  restore: async (settings, options, { print, showStep }) => {
    const [folder] = options.words;
    if (folder === undefined) throw new CommandError('name the folder of the backup: stipple restore FOLDER');
    showStep('Restoring');
    const report = await restoreStudio(settings, folder, passphraseOf(options));
    showStep(null);
    print(
      `${report.backup} is restored and equal to it: ${report.rows} rows, ${report.objects} objects${report.erased > 0 ? `; ${report.erased} clients erased since are erased again` : ''}.`,
    );
    return EXIT_DONE;
  },
  doctor: async (settings, { switches }, { now, print, showStep }) => {
    showStep('Looking the records over');
    const findings = await doctor(settings, { now, isThorough: switches.has('thorough') });
    showStep(null);
    print(switches.has('json') ? JSON.stringify(findings, null, 1) : findings.map(lineOf).join('\n'));
    return findings.some(({ state }) => state === 'trouble') ? EXIT_REFUSED : EXIT_DONE;
  },
  audit: async (settings, { words }, { print }) => {
    if (words[0] !== 'verify') throw new CommandError('stipple audit verify is all there is.');
    const storage = await openExistingStorage(settings);
    try {
      const findings = await auditFindings(storage, settings);
      print(findings.map(lineOf).join('\n') || 'There is no studio yet.');
      return findings.every(({ state }) => state === 'good') ? EXIT_DONE : EXIT_REFUSED;
    } finally {
      await storage.close();
    }
  },
  'recovery-sheet': (settings, _, { now, print }) => {
    const key = readMasterKey(settings.keyFile);
    if (!key) throw new StorageTrouble(`there is no key file at ${settings.keyFile} yet; start Stipple once.`);
    print(writeRecoverySheet(key.bytes, now().toISOString().slice(0, 10)));
    return Promise.resolve(EXIT_DONE);
  },
  'recover-key': (settings, _, { print, readStandardInput }) => {
    if (readMasterKey(settings.keyFile))
      throw new StorageTrouble(`there is a key file at ${settings.keyFile}; move it away first.`);
    const { fingerprint } = settleMasterKey(settings.keyFile, readRecoverySheet(readStandardInput()));
    print(`${settings.keyFile} is written; the fingerprint of the key is ${fingerprint}.`);
    return Promise.resolve(EXIT_DONE);
  },
};

export async function runStudioCommand(
  name: StudioCommandName,
  args: readonly string[],
  shell: StudioShell,
): Promise<number> {
  const command = STUDIO_COMMANDS[name];
  try {
    const options = readOptions(args, command.options);
    if (options.switches.has('help')) {
      shell.print(studioHelpOf(command));
      return EXIT_DONE;
    }
    const stray = options.words[command.words];
    if (stray !== undefined) throw new CommandError(`"${stray}" is one word too many.`);
    const settings = readStorageSettings(one(options, 'data') ?? null, shell.surroundings);
    return await RUNS[name](settings, options, shell);
  } catch (error) {
    shell.showStep(null);
    if (error instanceof CommandError) {
      shell.say(`stipple: ${error.message}\nSee: stipple ${name} --help`);
      return EXIT_COMMAND;
    }
    if (!(error instanceof StorageTrouble || error instanceof SealBroken)) throw error;
    shell.say(`stipple: ${error.message}`);
    return EXIT_REFUSED;
  }
}

const one = (options: ReadOptions, name: string): string | undefined => options.values.get(name)?.[0];

function passphraseOf(options: ReadOptions): string | null {
  const path = one(options, 'passphrase-file');
  if (path === undefined) return null;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

const MARKS: Record<Finding['state'], string> = { good: 'ok', warning: '!', trouble: 'TROUBLE' };
const lineOf = ({ about, state, text }: Finding): string => `${MARKS[state].padEnd(8)}${about.padEnd(10)}${text}`;
