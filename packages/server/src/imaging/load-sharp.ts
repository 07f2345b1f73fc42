/**
 * The package sharp, loaded by `require`: imported, Node would first read all its CommonJS dependencies for the names
 * they export, which takes 60 ms of every process and thread that decodes or encodes.
 */
import { createRequire } from 'node:module';
import type Sharp from 'sharp';

export const sharp = createRequire(import.meta.url)('sharp') as typeof Sharp;
