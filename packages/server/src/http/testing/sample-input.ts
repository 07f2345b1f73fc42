/**
 * An input that the contract of a route allows, made from its schema: what is required and nothing else. And where in
 * it ids stand.
 */
import { type JSONSchema, toJSONSchema, type $ZodType } from 'zod/v4/core';

type Schema = JSONSchema.BaseSchema;
export type Input = Record<string, unknown>;
/** 'clientId', or 'choices.0.roomId'. */
export type Place = string;

const AT = '2027-03-20T09:00:00.000Z';
const WEEK = [[], ...Array.from({ length: 5 }, () => [{ from: 540, to: 1080 }]), []];

/** Values that a schema does not tell, by the name of their field. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  weekly: WEEK,
  hours: { weekly: WEEK },
  opening: { weekly: WEEK, exceptions: [] },
  role: 'front-desk',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  code: '123456',
  slug: 'a-page',
  email: 'somebody@elsewhere.example',
  password: 'seven quiet herons',
  from: '2027-03-01',
  to: '2027-03-08',
  start: AT,
  end: '2027-03-20T10:00:00.000Z',
  issuedOn: '2026-01-01',
  expiresOn: '2029-01-01',
  minutes: 60,
  sessions: 3,
  n: 1,
  answers: {},
  document: {},
  summary: {},
  profile: { name: 'Somebody' },
};

export const schemaOf = (input: $ZodType | undefined): Schema | null =>
  input ? toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) : null;

const plainOf = (schema: Schema): Schema =>
  (schema.anyOf as Schema[] | undefined)?.find(({ type }) => type !== 'null') ?? schema;

export const isFile = (schema: Schema): boolean => schema.format === 'binary' || schema.contentEncoding === 'binary';

/** @param idAt gives the id for a place */
export function sampleInput(schema: Schema | null, idAt: (place: Place) => string): Input {
  return schema ? (sampleOf(schema, '', '', idAt) as Input) : {};
}

function sampleOf(given: Schema, name: string, place: Place, idAt: (place: Place) => string): unknown {
  const schema = plainOf(given);
  if (isFile(schema)) return new File(['%PDF-1.7'], 'file.pdf', { type: 'application/pdf' });
  if (schema.format === 'uuid') return idAt(place);
  if (schema.const !== undefined) return schema.const;
  const fits = schema.format === 'date-time' ? /T/ : schema.format === 'date' ? /^[^T]*$/ : /(?:)/;
  const known = BY_NAME[name];
  if (known !== undefined && fits.test(String(known))) return known;
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object': {
      const properties = (schema.properties ?? {}) as Record<string, Schema>;
      return Object.fromEntries(
        ((schema.required ?? []) as string[]).map((key) => [
          key,
          sampleOf(properties[key]!, key, place ? `${place}.${key}` : key, idAt),
        ]),
      );
    }
    case 'array':
      return Array.from({ length: (schema.minItems as number | undefined) ?? 0 }, (_, i) =>
        sampleOf(schema.items as Schema, name, `${place}.${i}`, idAt),
      );
    case 'integer':
    case 'number':
      return Math.max(1, (schema.minimum as number | undefined) ?? 1);
    case 'boolean':
      return false;
    case 'string':
      if (schema.format === 'date') return AT.slice(0, 10);
      if (schema.format === 'date-time') return AT;
      return 'sample'.padEnd((schema.minLength as number | undefined) ?? 0, '.');
    default:
      return {};
  }
}

/** Every place where an id may stand, asked for or not. */
export function idPlaces(schema: Schema | null): Place[] {
  const places: Place[] = [];
  const walk = (given: Schema, place: Place): void => {
    const of = plainOf(given);
    if (of.format === 'uuid') places.push(place);
    if (of.type === 'object')
      for (const [key, inner] of Object.entries((of.properties ?? {}) as Record<string, Schema>))
        walk(inner, place ? `${place}.${key}` : key);
    if (of.type === 'array' && of.items) walk(of.items as Schema, `${place}.0`);
  };
  if (schema) walk(schema, '');
  return places;
}

/** The input with an id at a place, and whatever has to stand around it. */
export function withId(schema: Schema, input: Input, place: Place, idAt: (place: Place) => string): Input {
  const put = (given: Schema, value: unknown, parts: string[], at: Place): unknown => {
    const of = plainOf(given);
    const [part, ...rest] = parts;
    if (part === undefined) return idAt(place);
    if (of.type === 'array') {
      const items =
        value === undefined || (value as unknown[]).length === 0
          ? [sampleOf(of.items as Schema, '', `${at}.0`, idAt)]
          : (value as unknown[]);
      return [put(of.items as Schema, items[0], rest, `${at}.0`), ...items.slice(1)];
    }
    const object = (value ?? sampleOf(of, '', at, idAt)) as Input;
    const inner = ((of.properties ?? {}) as Record<string, Schema>)[part]!;
    return { ...object, [part]: put(inner, object[part], rest, at ? `${at}.${part}` : part) };
  };
  return put(schema, input, place.split('.'), '') as Input;
}
