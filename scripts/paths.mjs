import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What set-up makes once and keeps: model weights, the dot reserve, locks. Safe to delete. */
export const CACHE = join(ROOT, '.stipple');

/** Bundles, one folder per state of the sources. Safe to delete. */
export const DIST = join(ROOT, 'dist');
