/**
 * The command line's composition root: gives `runCommand` a terminal, signals and the planning process, and the commands
 * about a studio's records, which are loaded when one is given, their surroundings.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { ENGINE } from '@stipple/core/plan/engine.ts';
import { zoneOfComputer } from '../setup/zone-of-computer.ts';
import { planProcess } from './plan-process.ts';
import { runCommand } from './run-command.ts';
import { isStudioCommand } from './studio-command-table.ts';

export interface StippleFolders {
  /** What set-up prepared: models/ and reserve.bin. */
  readonly cache: string;
}

/** To stop, to end, and that the terminal was closed. */
const ENDS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs one command and returns its exit code; whatever of ENDS comes ends it as a refusal, with nothing left behind. */
export async function runStipple(args: readonly string[], folders: StippleFolders): Promise<number> {
  const [name, ...rest] = args;
  if (isStudioCommand(name)) {
    const { runStudioCommand } = await import('./studio-commands.ts');
    return runStudioCommand(name, rest, STUDIO_SHELL);
  }
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  for (const end of ENDS) process.once(end, onSignal);
  try {
    return await runCommand(args, {
      makePlan: planProcess(folders.cache),
      // Large, and needed for saved plans only.
      parsePlan: async (text) => (await import('@stipple/files/documents/parse-plan.ts')).parsePlan(text),
      makeCard: async (photo) => (await import('./make-card.ts')).makeCard(photo),
      version: ENGINE,
      localZone: zoneOfComputer,
      print,
      say,
      showStep,
      signal: interrupt.signal,
    });
  } finally {
    for (const end of ENDS) process.removeListener(end, onSignal);
  }
}

/** Without control characters but line ends: names of files and words of a document must not steer the terminal. */
const plain = (text: string): string => text.replaceAll(/[^\P{Cc}\n]/gu, '?');

const print = (text: string): void => void process.stdout.write(`${plain(text)}\n`);
const say = (text: string): void => void process.stderr.write(`${plain(text)}\n`);

/** One line that is written over; only where somebody watches. */
function showStep(step: string | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(step === null ? '\r\u001B[K' : `\r\u001B[K… ${step}`);
}

const STUDIO_SHELL = {
  surroundings: {
    env: process.env,
    platform: process.platform,
    home: homedir(),
    isRoot: process.getuid?.() === 0,
  },
  now: () => new Date(),
  readStandardInput: () => readFileSync(0, 'utf8'),
  print,
  say,
  showStep,
};
