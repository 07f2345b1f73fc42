import { describe, expect, it } from 'vitest';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { readPigments } from './read-pigments.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('readPigments', () => {
  it('reads the library of a studio, and a bare list', () => {
    const list = [{ id: 'black', name: 'Black', maker: 'Inky', lab: [14, 0, -1], dilutions: [5, 10] }];
    expect(readPigments(bytes(JSON.stringify({ pigments: list })), 'a.json')).toEqual(list);
    expect(readPigments(bytes(JSON.stringify(list)), 'a.json')).toEqual(list);
  });

  it('reads a table, with hex or L*a*b*, whatever the separator and the way dilutions are written', () => {
    const table = readPigments(
      bytes(
        'Name;Brand;Hex;L;a;b;Dilutions\nAsh;Inky;#808080;;;;1:5 / 1:10\nDark Brown;Inky;;26,5;8;-1,5;10 20 30\nUnknown;;;;;;\n',
      ),
      'a.csv',
    );
    expect(table.map(({ id }) => id)).toEqual(['inky-ash', 'inky-dark-brown', 'unknown']);
    expect(table[0]!.lab![0]).toBeCloseTo(53.6, 1);
    expect(table[0]!.dilutions).toEqual([5, 10]);
    expect(table[1]).toMatchObject({ lab: [26.5, 8, -1.5], dilutions: [10, 20, 30] });
    expect(table[2]!.lab).toBeNull();
  });

  it('refuses, with the pigment, what is no list', () => {
    for (const [text, word] of [
      ['{', 'not JSON'],
      ['[]', 'no pigment'],
      ['[{"name":""}]', 'pigment 1: name is missing'],
      ['naam;hex\nx;#111111', 'pigment 1: name is missing'],
      ['[{"name":"a"},{"name":"a"}]', 'twice'],
      ['[{"name":"a","hex":"#12"}]', 'pigment 1: hex must be a colour of six digits, as #2a2622, and is "#12"'],
      ['name;L;a;b\nInk;dark;1;2', 'pigment 1: lab[0] must be a number from 0 to 100, and is "dark"'],
      ['name,dilutions\nInk,200', 'pigment 1: dilutions[0] must be a number from 0 to 100, and is 200'],
      [
        '[{"name":"a"},{"name":"b","lab":[]}]',
        'pigment 2: lab must be three numbers, L from 0 to 100, a and b from -128 to 128, and is []',
      ],
      ['[{"name":"a","lab":[20,0,0,0]}]', 'pigment 1: lab must be three numbers'],
      ['[{"name":"a","dilutions":5}]', 'pigment 1: dilutions must be a list of at most 20 entries, and is 5'],
      ['[{"name":"a","maker":7}]', 'pigment 1: maker must be text of at most 120 characters, and is 7'],
      ['["black"]', 'pigment 1: must be fields in braces, and is "black"'],
      ['{"pigments":"black"}', 'the list must be a list of at most 200 entries, and is "black"'],
      ['{"inks":[]}', 'the list must be a list'],
      ['', 'empty'],
    ] as const) {
      const read = (): unknown => readPigments(bytes(text), 'list');
      expect(read, text).toThrow(Refusal);
      try {
        read();
      } catch (error) {
        expect((error as Refusal).code).toBe('pigments-unreadable');
        expect((error as Refusal).detail).toContain(word);
      }
    }
  });
});
