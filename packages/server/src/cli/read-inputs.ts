/** Reads the files a command names: bytes only, bounded before they are read. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';
import { MAX_PHOTO_BYTES } from '@stipple/files/photo/read-photo-facts.ts';
import { MAX_SMALL_JSON_BYTES } from '@stipple/files/documents/small-json.ts';
import { MAX_SCAN_BYTES } from '@stipple/files/scan/scan-parts.ts';
import type { Command, ScanPath, ViewFile } from './command.ts';
import type { HeadFile, PhotoFile } from './make-plan.ts';

const PHOTO_NAME = /[.](jpe?g|png|webp|hei[cf]|hif)$/i;

/** @throws Refusal 'file-not-readable' or `tooLarge` */
function readBounded(path: string, maxBytes: number, tooLarge: RefusalCode): Uint8Array {
  try {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (!facts) throw new Refusal('file-not-readable', `${path} is not there`);
    if (!facts.isFile()) throw new Refusal('file-not-readable', `${path} is not a file`);
    if (facts.size > maxBytes) throw new Refusal(tooLarge, `${path} (${sizeInWords(facts.size)})`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('file-not-readable', `${path} (${(error as NodeJS.ErrnoException).code ?? 'unknown fault'})`);
  }
}

const sizeInWords = (bytes: number): string =>
  bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(0)} MB`;

/** The photos of a new plan with everything that was given to them. */
export function readPhotos({
  photos,
  hairMasks,
  anchors,
  marks,
}: Pick<Extract<Command, { kind: 'plan' }>, 'photos' | 'hairMasks' | 'anchors' | 'marks'>): Promise<PhotoFile[]> {
  const read = async ({ view, path }: ViewFile): Promise<PhotoFile> => {
    const of = (files: readonly ViewFile[]) => files.find((candidate) => candidate.view === view)?.path ?? null;
    const mask = of(hairMasks);
    return {
      view,
      name: basename(path),
      bytes: readBounded(path, MAX_PHOTO_BYTES, 'photo-too-large'),
      hairMask: mask === null ? null : readBounded(mask, MAX_PHOTO_BYTES, 'photo-too-large'),
      anchors: await readSmallJson(of(anchors), 'anchors-unreadable', anchorsParser),
      marks: await readSmallJson(of(marks), 'marks-unreadable', marksParser),
    };
  };
  return Promise.all(photos.map(read));
}

export const readPhoto = (path: string): Uint8Array => readBounded(path, MAX_PHOTO_BYTES, 'photo-too-large');

/** The list of pigments and what was read of the printed card, as far as they are given. */
export async function readColourFiles({
  pigments,
  card,
}: Pick<Extract<Command, { kind: 'plan' }>, 'pigments' | 'card'>): Promise<Pick<PlanRequest, 'pigments' | 'cardLabs'>> {
  const list = pigments === null ? null : await readPigmentList(pigments);
  const labs = await readSmallJson(card, 'card-unreadable', cardParser);
  return { ...(list && { pigments: list }), ...(labs && { cardLabs: labs }) };
}

async function readPigmentList(path: string): Promise<PlanRequest['pigments'] & {}> {
  const { MAX_PIGMENT_BYTES, readPigments } = await import('@stipple/files/imports/read-pigments.ts');
  return readPigments(readBounded(path, MAX_PIGMENT_BYTES, 'pigments-unreadable'), basename(path));
}

export const readHead = async ({ path, unit, landmarks }: ScanPath): Promise<HeadFile> => ({
  name: basename(path),
  bytes: readBounded(path, MAX_SCAN_BYTES, 'scan-too-large'),
  unit,
  landmarks: await readSmallJson(landmarks, 'scan-landmarks', landmarksParser),
});

type Parser<T> = (text: string, fileName: string) => T;

// The parsers and their schemas are large, and loaded for whoever gives such a file.
const anchorsParser = async () => (await import('@stipple/files/documents/parse-anchors.ts')).parseAnchors;
const marksParser = async () => (await import('@stipple/files/documents/parse-marks.ts')).parseMarks;
const cardParser = async () => (await import('@stipple/files/documents/parse-card-labs.ts')).parseCardLabs;
const landmarksParser = async () =>
  (await import('@stipple/files/documents/parse-scan-landmarks.ts')).parseScanLandmarks;

async function readSmallJson<T>(
  path: string | null,
  code: RefusalCode,
  load: () => Promise<Parser<T>>,
): Promise<T | null> {
  if (path === null) return null;
  const bytes = readBounded(path, MAX_SMALL_JSON_BYTES, code);
  return (await load())(new TextDecoder().decode(bytes), basename(path));
}

export const readDocumentText = (path: string): string =>
  new TextDecoder().decode(readBounded(path, MAX_PHOTO_BYTES, 'document-invalid'));

/** The photos of a saved plan that lie in `dir`, found by fingerprint, whatever they are called. */
export function findPhotos(document: PlanDocument, dir: string): PhotoFile[] {
  const wanted = new Map(document.photos.map((photo) => [photo.sha256, photo.view]));
  const found: PhotoFile[] = [];
  for (const name of photoNames(dir)) {
    if (wanted.size === 0) break;
    const path = join(dir, name);
    const facts = statSync(path, { throwIfNoEntry: false });
    if (!facts?.isFile() || facts.size > MAX_PHOTO_BYTES) continue;
    const bytes = readBounded(path, MAX_PHOTO_BYTES, 'photo-too-large');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const view = wanted.get(sha256);
    if (view === undefined) continue;
    wanted.delete(sha256);
    found.push({ view, name, bytes, hairMask: null, anchors: null, marks: null });
  }
  return found;
}

/** Names of the photo files in a folder, in order. @throws Refusal 'file-not-readable' */
export function photoNames(dir: string): string[] {
  try {
    const entries = readdirSync(dir, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && PHOTO_NAME.test(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch {
    throw new Refusal('file-not-readable', `the folder ${dir}`);
  }
}
