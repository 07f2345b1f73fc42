import { refused } from './refused.ts';

/** The first bytes of a paper that may be kept. */
const PAPERS: readonly (readonly [type: string, start: readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];

/** The media type of a note or a certificate, by its content, whatever the name says. @throws 'file-unusable' */
export function paperTypeOf(bytes: Uint8Array): string {
  const type = PAPERS.find(([, start]) => start.every((byte, i) => bytes[i] === byte))?.[0];
  if (!type) throw refused('file-unusable', 'a paper is kept as PDF, JPEG or PNG');
  return type;
}
