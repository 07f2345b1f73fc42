/**
 * Compares the files of a plan in a folder with the files just recomputed.
 *
 * Pictures are compared as pixels, within one 8-bit level (engines round differently there and PNG encoders differ);
 * everything else byte for byte, because it is the same on every engine.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { OutputFile } from './make-plan.ts';

export interface Comparison {
  readonly equal: readonly string[];
  readonly different: readonly string[];
  /** Recomputed, but not in the folder. */
  readonly absent: readonly string[];
  /** In the folder, but the photo they need is not at hand. */
  readonly notCompared: readonly string[];
}

const LEVELS_ALLOWED = 1;
/** They also tell what the photos show: how much of the work is seen, the healed picture. */
const TELL_OF_PHOTOS: ReadonlySet<string> = new Set(['summary.json', 'worksheet.pdf']);

/** `missing` are the views of the plan whose photo was not at hand. */
export async function compareFolder(
  dir: string,
  files: readonly OutputFile[],
  missing: readonly string[],
): Promise<Comparison> {
  const equal: string[] = [];
  const different: string[] = [];
  const absent: string[] = [];
  const notCompared = readdirSync(dir).filter(
    (name) => name.endsWith('.png') && missing.some((view) => name.startsWith(`${view}.`)),
  );
  for (const { name, bytes } of files) {
    const path = join(dir, name);
    if (!existsSync(path)) absent.push(name);
    else if (missing.length > 0 && TELL_OF_PHOTOS.has(name)) notCompared.push(name);
    else if (await isSame(name, readFileSync(path), bytes)) equal.push(name);
    else different.push(name);
  }
  return { equal, different, absent, notCompared };
}

async function isSame(name: string, before: Uint8Array, now: Uint8Array): Promise<boolean> {
  if (Buffer.compare(before, now) === 0) return true;
  return name.endsWith('.png') && isSamePicture(before, now);
}

async function isSamePicture(before: Uint8Array, now: Uint8Array): Promise<boolean> {
  try {
    // The header first: whatever somebody put in the picture's place is not decoded unless it has its size.
    const [a, b] = await Promise.all([before, now].map((bytes) => sharp(bytes).metadata()));
    if (a!.width !== b!.width || a!.height !== b!.height || a!.channels !== b!.channels) return false;
    const [old, fresh] = await Promise.all([before, now].map((bytes) => sharp(bytes).raw().toBuffer()));
    return old!.length === fresh!.length && old!.every((level, at) => Math.abs(level - fresh![at]!) <= LEVELS_ALLOWED);
  } catch {
    return false;
  }
}
