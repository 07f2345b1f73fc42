/** The commands that look after a studio's records, as they are typed and as the help shows them. */
import type { OptionTable } from './option-table.ts';

export interface StudioCommandRow {
  readonly usage: string;
  readonly help: string;
  readonly options: OptionTable;
  /** Besides options. */
  readonly words: number;
}

const DATA = { value: 'folder', help: "where the records are (default: STIPPLE_DATA, else this account's own place)" };
const PASSPHRASE = { value: 'file', help: 'file with a passphrase that opens the backup without the key file' };
const HELP = { value: null, help: 'show this' };

export const STUDIO_COMMANDS = {
  backup: {
    usage: 'backup [--to FOLDER]',
    help: 'write everything to a folder, encrypted, while the studio works',
    options: {
      to: { value: 'folder', help: 'of the backups; what it has already is not copied again (default: BACKUP_FOLDER)' },
      'passphrase-file': PASSPHRASE,
      forget: { value: 'folder', help: 'make none: the backups in that folder are gone for good' },
      data: DATA,
      help: HELP,
    },
    words: 0,
  },
  restore: {
    usage: 'restore FOLDER',
    help: 'put a backup, or the latest in a folder of backups, where there are no records yet',
    options: { 'passphrase-file': PASSPHRASE, data: DATA, help: HELP },
    words: 1,
  },
  doctor: {
    usage: 'doctor [--thorough]',
    help: 'look over key, disk, database, clock, objects, audit and backups',
    options: {
      thorough: { value: null, help: 'open every object to its last byte' },
      json: { value: null, help: 'print the findings as JSON' },
      data: DATA,
      help: HELP,
    },
    words: 0,
  },
  audit: {
    usage: 'audit verify',
    help: 'check the chain of every entry, against what the backups remember too',
    options: { data: DATA, help: HELP },
    words: 1,
  },
  'recovery-sheet': {
    usage: 'recovery-sheet',
    help: 'print the master key, to be kept on paper',
    options: { data: DATA, help: HELP },
    words: 0,
  },
  'recover-key': {
    usage: 'recover-key < SHEET',
    help: 'write the key file anew from the four lines of the recovery sheet',
    options: { data: DATA, help: HELP },
    words: 0,
  },
} as const satisfies Record<string, StudioCommandRow>;

export type StudioCommandName = keyof typeof STUDIO_COMMANDS;

export const isStudioCommand = (name: string | undefined): name is StudioCommandName =>
  name !== undefined && Object.hasOwn(STUDIO_COMMANDS, name);

/** For the general help. */
export const STUDIO_HELP = Object.values(STUDIO_COMMANDS)
  .map(({ usage, help }) => `  stipple ${usage.padEnd(22)}${help}`)
  .join('\n');

export const studioHelpOf = ({ usage, help, options }: StudioCommandRow): string =>
  [
    `stipple ${usage} [options]: ${help}.`,
    '',
    ...Object.entries(options).map(
      ([name, { value, help }]) => `  ${`--${name}${value ? ` ${value}` : ''}`.padEnd(28)}${help}`,
    ),
  ].join('\n');
