/**
 * Text of an iCalendar file (RFC 5545, 3.1 and 3.3.11): escaping, folding at 75 octets of UTF-8 without cutting a
 * character, lines that end in CR LF.
 */

const MAX_OCTETS = 75;

/** A value of type TEXT. Control characters other than a line break have no place in it and become spaces. */
export const escapeText = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    // oxlint-disable-next-line no-control-regex -- these are what RFC 5545 forbids in a value
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n');

const octetsOf = (codePoint: number): number =>
  codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;

/** One content line in as many physical lines as it needs; each but the first begins with a space. */
export function foldLine(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0)!);
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** The file: every content line folded and ended. */
export const calendarText = (lines: readonly string[]): string => lines.map((line) => `${foldLine(line)}\r\n`).join('');
