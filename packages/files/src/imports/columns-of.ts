/**
 * Which column of a foreign table is which of our fields, by its heading.
 *
 * Known headings in the languages and spellings of booking programs; a heading names at most one field and a field
 * takes the first column that fits. What a person chose for a heading goes before. Does not look into the cells.
 */

/** A heading without case, accents and punctuation. */
const plain = (heading: string): string =>
  heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Fields with the headings they are found under. */
export type FieldHeadings<Field extends string> = Readonly<Record<Field, readonly string[]>>;

export interface FoundColumn<Field extends string> {
  readonly heading: string;
  readonly field: Field | null;
}

/**
 * @param chosen field (or '' for none) by heading, as a person corrected it
 */
export function columnsOf<Field extends string>(
  headings: readonly string[],
  known: FieldHeadings<Field>,
  chosen: Readonly<Record<string, string>> = {},
): FoundColumn<Field>[] {
  const fields = Object.keys(known) as Field[];
  const taken = new Set<Field>();
  const found: (Field | null)[] = headings.map((heading) => {
    const field = fields.find((name) => name === chosen[heading]) ?? null;
    if (field) taken.add(field);
    return field;
  });
  return headings.map((heading, i) => {
    if (Object.hasOwn(chosen, heading)) return { heading, field: found[i] ?? null };
    const field =
      fields.find((name) => !taken.has(name) && known[name].some((word) => plain(word) === plain(heading))) ?? null;
    if (field) taken.add(field);
    return { heading, field };
  });
}

/** Reads one row by field; '' for fields without a column. */
export function rowReader<Field extends string>(
  columns: readonly FoundColumn<Field>[],
): (row: readonly string[], field: Field) => string {
  const at = new Map(columns.flatMap(({ field }, i) => (field === null ? [] : [[field, i] as const])));
  return (row, field) => {
    const column = at.get(field);
    return column === undefined ? '' : (row[column] ?? '');
  };
}
