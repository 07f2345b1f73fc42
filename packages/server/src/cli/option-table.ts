/**
 * Reads `--name value` and `--name=value` against a table and says in words what is wrong.
 *
 * node:util parseArgs splits the words; this adds what a person needs from it: the likely spelling of an unknown
 * option, and a value for each option that wants one.
 */
import { parseArgs } from 'node:util';

export interface OptionRow {
  /** What the value is, for the help ('view=file'); null for a switch. */
  readonly value: string | null;
  /** May be given several times. */
  readonly isMany?: boolean;
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, OptionRow>>;

/** The command was wrong: exit 2. */
export class CommandError extends Error {}

export interface ReadOptions {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly switches: ReadonlySet<string>;
  readonly words: readonly string[];
}

/** @throws CommandError with one sentence. */
export function readOptions(args: readonly string[], table: OptionTable): ReadOptions {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, row]) => [
      name,
      { type: row.value === null ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string[]>();
  const switches = new Set<string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const row = rawName.startsWith('--') && Object.hasOwn(table, name) ? table[name] : undefined;
    if (!row) throw new CommandError(`there is no option ${rawName}${likely(name, Object.keys(table))}`);
    if (row.value === null) {
      if (value !== undefined) throw new CommandError(`${rawName} takes no value.`);
      switches.add(name);
      continue;
    }
    if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'))) {
      throw new CommandError(`${rawName} needs a value: ${rawName} ${row.value}`);
    }
    const given = values.get(name) ?? [];
    if (given.length && !row.isMany) throw new CommandError(`${rawName} is given twice.`);
    values.set(name, [...given, value]);
  }
  return { values, switches, words };
}

/** '; did you mean --photo?' when one name is near, else a full stop. */
export function likely(name: string, known: readonly string[], prefix = '--'): string {
  const [best] = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return best ? `; did you mean ${prefix}${best.candidate}?` : '.';
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [];
  for (let i = 0; i <= a.length; i++) {
    const row: number[] = [];
    for (let j = 0; j <= b.length; j++) {
      const above = rows[i - 1];
      if (!above || j === 0) {
        row.push(i + j);
        continue;
      }
      let best = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
