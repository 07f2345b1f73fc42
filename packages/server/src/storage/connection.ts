/**
 * How values travel between PostgreSQL and the program, on every connection alike.
 *
 * date is a plain day '2027-01-11', never an instant; bigint is a number (refused beyond 2^53, which no counter of ours
 * reaches); tstzrange is an InstantRange. The rest is as node-postgres has it: timestamptz a Date, numeric a string,
 * bytea a Buffer, jsonb parsed. An array for a jsonb column has to be wrapped in `asJson`, because node-postgres takes
 * arrays for PostgreSQL arrays.
 */
import { type RawBuilder, sql } from 'kysely';
import { type ClientConfig, type CustomTypesConfig, types } from 'pg';
import { InstantRange } from './instant-range.ts';

const DATE = 1082;
const INT8 = 20;
const TSTZRANGE = 3910;

const parsers: Record<number, (text: string) => unknown> = {
  [DATE]: (text) => text,
  [INT8]: (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond 2^53`);
    return value;
  },
  [TSTZRANGE]: (text) => InstantRange.parse(text),
};

export const PARSING: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

/** Who connects where; the application's role is stepped into by the server when the login is the owner's. */
export interface Connection {
  readonly url?: string;
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
  /** The role that the session starts in, when it is not the one that logs in. */
  readonly role?: string;
}

export function clientConfig({ url, role, ...rest }: Connection): ClientConfig {
  return {
    ...(url === undefined ? rest : { connectionString: url }),
    ...(role === undefined ? {} : { options: `-c role=${role}` }),
    types: PARSING,
    application_name: 'stipple',
    keepAlive: true,
  };
}

/** For a jsonb column: any value as JSON, arrays included. */
export const asJson = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;
