/**
 * Says in plain words what is wrong with a value that a schema refuses: what may stand in its place, and what does.
 *
 * For Zod's `error` of a parse: `schema.safeParse(json, { error: problemWords })`. What may stand there is the schema's own
 * `describe(...)`, or else comes from its kind and bounds; a message of the schema's own is left as it is. Values are shown
 * cut short, long lists only by their length. Which place it is is for the caller to say, with `placeIn`.
 */
import * as z from 'zod';

const LONGEST_SHOWN = 40;
const MOST_SHOWN = 6;

/** 'must be a number from 0 to 100, and is 400', 'is missing; it must be text'. */
export const problemWords = (issue: z.core.$ZodRawIssue): string =>
  wordsOf(issue, (stood) => `, and is ${shown(stood)}`);

/** The same without the value, which may be a password that was typed, or a client's words: 'must be a number from 0 to 100'. */
export const problemWordsOnly = (issue: z.core.$ZodRawIssue): string => wordsOf(issue, () => '');

function wordsOf(issue: z.core.$ZodRawIssue, tellValue: (stood: unknown) => string): string {
  if (issue.code === 'unrecognized_keys') return 'is not a field that belongs there';
  const [allowed, stood] = issue.code === 'invalid_union' ? ofUnion(issue) : [allowedBy(ownerOf(issue)), issue.input];
  return stood === undefined ? `is missing; it must be ${allowed}` : `must be ${allowed}${tellValue(stood)}`;
}

/** 'photos[0].camera.f', '' for the whole. An unknown key is the place itself, cut to a readable length. */
export function placeIn(issue: z.core.$ZodIssue, from = 0): string {
  const path =
    issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!.slice(0, LONGEST_SHOWN)] : issue.path;
  const place = path.slice(from).map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return place.join('').replace(/^[.]/, '');
}

/** The schema that the value had to match; a check belongs to one. */
const ownerOf = ({ schema, inst }: z.core.$ZodRawIssue): unknown => schema ?? inst;

/** Of a union told apart by one field, the issue lies at that field and the input is all of it. */
function ofUnion(issue: Extract<z.core.$ZodRawIssue, { code: 'invalid_union' }>): readonly [string, unknown] {
  const { discriminator, options, input } = issue;
  if (typeof discriminator !== 'string' || !Array.isArray(options)) return [allowedBy(ownerOf(issue)), input];
  const stood = typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[discriminator] : input;
  return [oneOf(options), stood];
}

function allowedBy(schema: unknown): string {
  const described = schema instanceof z.ZodType ? schema.description : undefined;
  if (described) return described;
  if (schema instanceof z.ZodNumber) return `a ${schema.isInt ? 'whole ' : ''}number${boundsOf(schema)}`;
  if (schema instanceof z.ZodString) return `text${lengthsOf(schema, 'characters')}`;
  if (schema instanceof z.ZodArray) return `a list${lengthsOf(schema, 'entries')}`;
  if (schema instanceof z.ZodTuple) return `a list of ${schema.def.items.length}`;
  if (schema instanceof z.ZodEnum) return oneOf(schema.options);
  if (schema instanceof z.ZodLiteral) return oneOf([...schema.values]);
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodFile) return `a file${sizesOf(schema)}`;
  if (schema instanceof z.ZodUnion) return schema.options.map(allowedBy).join(' or ');
  return 'fields in braces';
}

function boundsOf({ minValue, maxValue }: z.ZodNumber): string {
  if (isBound(minValue)) return isBound(maxValue) ? ` from ${minValue} to ${maxValue}` : ` of ${minValue} or more`;
  return isBound(maxValue) ? ` of ${maxValue} or less` : '';
}

/** Whole numbers without bounds of their own have those of the machine. */
const isBound = (value: number | null): value is number =>
  value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER && Number.isFinite(value);

function sizesOf(schema: z.ZodFile): string {
  const { maximum } = limitsOf(schema);
  return maximum === Infinity ? '' : ` of at most ${maximum / 1e6} MB`;
}

function lengthsOf(schema: z.ZodType, what: string): string {
  const { minimum, maximum } = limitsOf(schema);
  if (maximum === Infinity) return minimum > 0 ? ` of ${minimum} or more ${what}` : '';
  if (minimum === maximum) return ` of ${minimum} ${what}`;
  return minimum > 0 ? ` of ${minimum} to ${maximum} ${what}` : ` of at most ${maximum} ${what}`;
}

/** Of a length or a size. */
function limitsOf(schema: z.ZodType): { readonly minimum: number; readonly maximum: number } {
  const bounds = { minimum: 0, maximum: Infinity };
  for (const check of schema.def.checks ?? []) {
    // oxlint-disable-next-line no-underscore-dangle -- Zod's public name for what its checks are made of
    const { minimum, maximum, length } = check._zod.def as Partial<Record<'minimum' | 'maximum' | 'length', number>>;
    bounds.minimum = minimum ?? length ?? bounds.minimum;
    bounds.maximum = maximum ?? length ?? bounds.maximum;
  }
  return bounds;
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value)));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value));
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null ? 'fields in braces' : String(value);
  const isShort = value.length <= MOST_SHOWN && value.every((entry) => typeof entry === 'number');
  return isShort ? `[${value.join(', ')}]` : `a list of ${value.length}`;
}

const cut = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
