/**
 * The real command `stipple` as a process of its own, for tests that want what a person gets.
 *
 * `untilStep` waits until the command says on standard error that it does this; a process that does not write to a
 * terminal says nothing of the kind, so it is told that it does.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../../../bin/stipple.mjs', import.meta.url));
export const MANNEQUIN = fileURLToPath(new URL('../../../../web/public/mannequin.jpg', import.meta.url));

export interface Outcome {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly outcome: Promise<Outcome>;
  /** Resolves when the step has begun; rejects when the command ends before. */
  readonly untilStep: (step: string) => Promise<void>;
}

const ON_TERMINAL = 'data:text/javascript,process.stderr.isTTY = true';

export function startStipple(args: readonly string[], { isOnTerminal = false } = {}): Running {
  const node = isOnTerminal ? ['--import', ON_TERMINAL] : [];
  const child = spawn(process.execPath, [...node, BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    for (const listener of listeners) listener();
  });
  const outcome = new Promise<Outcome>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
  const untilStep = (step: string) =>
    Promise.race([
      new Promise<void>((done) => {
        const look = () => stderr.includes(step) && done();
        listeners.add(look);
        look();
      }),
      outcome.then(() => Promise.reject(new Error(`ended before "${step}": ${stderr}`))),
    ]);
  return { child, outcome, untilStep };
}

export const runStipple = (...args: readonly string[]): Promise<Outcome> => startStipple(args).outcome;
