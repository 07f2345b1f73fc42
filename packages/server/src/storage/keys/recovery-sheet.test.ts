import { describe, expect, it } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { fingerprintOf, readRecoverySheet, writeKeyLines, writeRecoverySheet } from './recovery-sheet.ts';

const random = seededGenerator(11);
const someKey = (): Buffer => Buffer.from(Array.from({ length: 32 }, () => Math.floor(random() * 256)));

describe('the recovery sheet', () => {
  it('gives the key back, for all of many keys and for the least and the greatest', () => {
    for (const key of [Buffer.alloc(32), Buffer.alloc(32, 255), ...Array.from({ length: 200 }, someKey)])
      expect(readRecoverySheet(writeRecoverySheet(key, '2026-11-25'))).toEqual(key);
  });

  it('is read as people type it: small letters, no spaces or hyphens, o for 0, i and l for 1, the lines alone', () => {
    const key = someKey();
    const lines = writeKeyLines(key);
    const typed = lines
      .toLowerCase()
      .replaceAll('0', 'o')
      .replaceAll(/(?<=\s[a-z0-9 ]*)1(?=[a-z0-9])/g, 'l');
    expect(readRecoverySheet(typed)).toEqual(key);
    expect(readRecoverySheet(lines.replaceAll(/(\S) (\S)/g, '$1$2').replaceAll('\n', ' \r\n'))).toEqual(key);
    expect(readRecoverySheet(lines.replaceAll(/(\w{5}) (\w{5}) /g, '$1-$2-'))).toEqual(key);
  });

  it('names the line of every single wrong character but one in a thousand', () => {
    const key = someKey();
    const lines = writeKeyLines(key).split('\n');
    let [slips, found] = [0, 0];
    for (let line = 0; line < 4; line++)
      for (let place = 3; place < lines[line]!.length; place++)
        for (const wrong of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
          const right = lines[line]![place];
          if (right === ' ' || right === wrong) continue;
          slips++;
          const slip = `${lines[line]!.slice(0, place)}${wrong}${lines[line]!.slice(place + 1)}`;
          try {
            readRecoverySheet(lines.with(line, slip).join('\n'));
          } catch (error) {
            if ((error as Error).message.startsWith(`line ${line + 1} `)) found++;
          }
        }
    expect(slips).toBe(4 * 15 * 31);
    expect(found / slips).toBeGreaterThan(0.995);
  });

  it('notices two lines that changed places, a line that is missing, and a fingerprint of another key', () => {
    const [a, b, c, d] = writeKeyLines(someKey()).trim().split('\n');
    const swapped = [a!.replace('1', '2'), b!.replace('2', '1'), c, d].join('\n');
    expect(() => readRecoverySheet(swapped)).toThrow(/line 1/);
    expect(() => readRecoverySheet([a, b, d].join('\n'))).toThrow(/line 3 of the recovery sheet is missing/);
    const sheet = writeRecoverySheet(someKey(), '2026-11-25');
    expect(() =>
      readRecoverySheet(sheet.replace(/(Fingerprint of the key: ).*/, `$1${fingerprintOf(someKey())}`)),
    ).toThrow(/do not belong together/);
  });
});
