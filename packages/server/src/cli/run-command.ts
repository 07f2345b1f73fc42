/**
 * Carries out one `stipple` command: reads the inputs, has the plan computed, writes the result, says how it went.
 *
 * Exit codes: 0 done; 2 the command was wrong; 3 refused, with the code, the reason and what to do on standard error
 * (one JSON object with --json). An interrupt is a refusal like any other, 'interrupted'. Anything else that is
 * thrown is a fault of ours and reaches the caller with its stack.
 */
import { basename, dirname } from 'node:path';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import { parseCommand, type Command } from './command.ts';
import type { Comparison } from './compare-folder.ts';
import { helpText } from './help-text.ts';
import type { MakePlan, OutputFile, PhotoFile, PlanListener } from './make-plan.ts';
import { CommandError } from './option-table.ts';
import {
  findPhotos,
  photoNames,
  readColourFiles,
  readDocumentText,
  readHead,
  readPhoto,
  readPhotos,
} from './read-inputs.ts';
import { checkOutput, openOutput, writeFile } from './write-output.ts';

export interface CommandShell {
  readonly makePlan: MakePlan;
  /** The colour card as PDF, or what a photo (its bytes) tells of a printed one, as JSON; and a word on it. */
  readonly makeCard: (photo: Uint8Array | null) => Promise<{ readonly bytes: Uint8Array; readonly word: string }>;
  readonly parsePlan: (text: string) => PlanDocument | Promise<PlanDocument>;
  readonly version: string;
  readonly localZone: () => string | null;
  /** Standard output and standard error. */
  readonly print: (text: string) => void;
  readonly say: (text: string) => void;
  /** Shows what is being done now, or clears it; silent when standard error is not a terminal. */
  readonly showStep: (step: string | null) => void;
  /** Aborts when the system or somebody asks for the end. */
  readonly signal: AbortSignal;
}

/** Refusals that marked points of the head help against; the one for want of them says so itself. */
const POINTS_HELP: ReadonlySet<RefusalCode> = new Set(['no-face', 'face-unsure', 'face-too-small']);
const OR_POINTS = 'Or mark four or more points of the head: see --anchors.';

export const EXIT_DONE = 0;
export const EXIT_COMMAND = 2;
export const EXIT_REFUSED = 3;

/** Runs the command and returns its exit code. */
export async function runCommand(args: readonly string[], shell: CommandShell): Promise<number> {
  const isJson = args.includes('--json');
  try {
    await obey(parseCommand(args, shell.localZone), shell);
    return EXIT_DONE;
  } catch (error) {
    shell.showStep(null);
    if (error instanceof CommandError) {
      const remedy = `See: stipple help${args[0] === 'plan' || args[0] === 'verify' || args[0] === 'card' ? ` ${args[0]}` : ''}`;
      shell.say(
        isJson
          ? JSON.stringify({ code: 'command', detail: null, reason: error.message, remedy })
          : `stipple: ${error.message}\n${remedy}`,
      );
      return EXIT_COMMAND;
    }
    if (error instanceof Refusal) {
      const { code, detail, reason } = error;
      const remedy = POINTS_HELP.has(code) ? `${error.remedy} ${OR_POINTS}` : error.remedy;
      shell.say(
        isJson
          ? JSON.stringify({ code, detail, reason, remedy })
          : `stipple: ${code}${detail ? ` (${detail})` : ''}: ${reason}\n${remedy}`,
      );
      return EXIT_REFUSED;
    }
    throw error;
  }
}

async function obey(command: Command, shell: CommandShell): Promise<void> {
  switch (command.kind) {
    case 'help':
      return shell.print(helpText(command.topic));
    case 'version':
      return shell.print(shell.version);
    case 'verify':
      return verify(command, shell);
    case 'card':
      return card(command, shell);
    case 'plan':
    case 'recompute':
      return plan(command, shell);
  }
}

async function card({ photo, out }: Extract<Command, { kind: 'card' }>, shell: CommandShell): Promise<void> {
  const { bytes, word } = await shell.makeCard(photo === null ? null : readPhoto(photo));
  writeFile(out, bytes);
  shell.print(`${out}: ${word}`);
}

async function plan(command: Extract<Command, { kind: 'plan' | 'recompute' }>, shell: CommandShell): Promise<void> {
  checkOutput(command.out);
  const job =
    command.kind === 'plan'
      ? {
          kind: command.kind,
          request: { ...command.request, ...(await readColourFiles(command)) },
          photos: await readPhotos(command),
          head: command.head && (await readHead(command.head)),
        }
      : { kind: command.kind, ...(await readSaved(command.from, command.photosDir, shell)) };
  const output = openOutput(command.out);
  let summary;
  try {
    const { add: onFile, stage, note: onPut } = output;
    summary = await shell.makePlan(job, { onStep: shell.showStep, onFile, stage, onPut }, shell.signal);
    // Whoever interrupts until here finds nothing; from here on the few milliseconds of moving files are not divided.
    if (shell.signal.aborted) throw new Refusal('interrupted');
    output.commit();
  } finally {
    output.close();
  }
  shell.showStep(null);
  if (command.isJson) return shell.print(JSON.stringify(summary, null, 2));
  for (const warning of summary.warnings) shell.say(`note (${warning.code}): ${warning.text}`);
  shell.print(
    `${summary.dots.toLocaleString('en')} dots in ${summary.sessions.length} sessions; ${output.count()} files in ${command.out}`,
  );
}

/** A saved plan with every one of its photos. */
async function readSaved(
  path: string,
  photosDir: string | null,
  shell: CommandShell,
): Promise<{ document: PlanDocument; photos: PhotoFile[] }> {
  const document = await shell.parsePlan(readDocumentText(path));
  const dir = photosDir ?? dirname(path);
  const photos = findPhotos(document, dir);
  const missing = document.photos.find(({ view }) => !photos.some((photo) => photo.view === view));
  if (!missing) return { document, photos };
  const others = photosDir === null ? 0 : photoNames(dir).length;
  throw others
    ? new Refusal('photo-differs', `${missing.view}: none of the ${others} photos in ${dir}`)
    : new Refusal('photo-missing', `${missing.view}, in ${dir}${photosDir === null ? ' (or give --photos)' : ''}`);
}

async function verify(command: Extract<Command, { kind: 'verify' }>, shell: CommandShell): Promise<void> {
  const document = await shell.parsePlan(readDocumentText(`${command.dir}/plan.json`));
  const dirs = command.photosDir === null ? [command.dir, dirname(command.dir)] : [command.photosDir];
  const photos = dirs.map((dir) => findPhotos(document, dir)).find((found) => found.length > 0) ?? [];
  const files: OutputFile[] = [];
  const listener: PlanListener = { onStep: shell.showStep, onFile: (file) => files.push(file) };
  await shell.makePlan({ kind: 'recompute', document, photos }, listener, shell.signal);
  shell.showStep('comparing');
  const missing = document.photos
    .map(({ view }) => view)
    .filter((view) => !photos.some((photo) => photo.view === view));
  const { compareFolder } = await import('./compare-folder.ts');
  const comparison = await compareFolder(command.dir, files, missing);
  shell.showStep(null);
  shell.print(command.isJson ? JSON.stringify(comparison, null, 2) : inWords(comparison, command.dir));
  const wrong = [...comparison.different, ...comparison.absent];
  if (wrong.length) throw new Refusal('result-differs', wrong.join(', '));
}

function inWords({ equal, different, absent, notCompared }: Comparison, dir: string): string {
  const lines = [`${basename(dir)}: ${equal.length} files are what the plan gives.`];
  if (different.length) lines.push(`Different: ${different.join(', ')}.`);
  if (absent.length) lines.push(`Missing: ${absent.join(', ')}.`);
  if (notCompared.length) lines.push(`Not compared, for want of the photo: ${notCompared.join(', ')}.`);
  return lines.join('\n');
}
