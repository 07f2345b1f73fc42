/** The command line's composition root: gives `runCommand` a terminal, signals and the planning thread. */
import { ENGINE } from '@stipple/core/plan/engine.ts';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { planThread } from './plan-thread.ts';
import { runCommand } from './run-command.ts';

export interface StippleFolders {
  /** What set-up prepared: models/ and reserve.bin. */
  readonly cache: string;
}

/** Runs one command and returns its exit code; SIGINT and SIGTERM end it as a refusal, with nothing left behind. */
export async function runStipple(args: readonly string[], folders: StippleFolders): Promise<number> {
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    return await runCommand(args, {
      makePlan: planThread(folders.cache),
      parsePlan,
      version: ENGINE,
      localZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      print: (text) => process.stdout.write(`${plain(text)}\n`),
      say: (text) => process.stderr.write(`${plain(text)}\n`),
      showStep,
      signal: interrupt.signal,
    });
  } finally {
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
  }
}

/** Without control characters but line ends: names of files and words of a document must not steer the terminal. */
const plain = (text: string): string => text.replaceAll(/[^\P{Cc}\n]/gu, '?');

/** One line that is written over; only where somebody watches. */
function showStep(step: string | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(step === null ? '\r\u001B[K' : `\r\u001B[K… ${step}`);
}
