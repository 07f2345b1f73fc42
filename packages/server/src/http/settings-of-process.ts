/**
 * How this server is to run, from the command line and the surroundings, checked by one schema: what is wrong is said
 * in a sentence before anything starts. Where the records are is read by storage (storage-settings.ts).
 *
 * Three ways to run. Desk, the default: this computer alone. LAN (`--lan`): the tablets of the studio, by HTTPS.
 * Hosted (PUBLIC_URL): behind a reverse proxy that speaks HTTPS.
 */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import type { Mode } from './build-app.ts';
import { isLoopbackHost } from './hosts.ts';

export const DEFAULT_PORT = 4173;

export const USAGE = `npm start -- [options]        npx stipple serve [options]

Serves Stipple at http://localhost:<port>; stop it with Ctrl-C.
  --port N       use this port and no other (or PORT; 0: any free one); otherwise the first free one from ${DEFAULT_PORT}
  --data FOLDER  keep the records there (or STIPPLE_DATA)
  --lan          for the tablets of the studio too: HTTPS with a certificate of its own
  --listen ADDR  listen at this address of the computer (hosted: behind a proxy elsewhere)
  --no-worker    only answer requests
  --worker-only  only do what is due by itself: mail, tidying up
  --reset ADDR   print a link by which the person with this mail address chooses a new password; codes are then
                 asked for no more

Surroundings: DATABASE_URL, FILES_URL, KEY_FILE, SMTP_URL, MAIL_FROM, PUBLIC_URL, TRUSTED_PROXIES, METRICS_TOKEN,
STIPPLE_DATA, STIPPLE_LOG (debug, info, warn, error, silent).`;

export interface ProcessSettings {
  readonly mode: Mode;
  /** Null: the first free one from 4173. */
  readonly port: number | null;
  readonly listen: string;
  readonly data: string | null;
  readonly servesRequests: boolean;
  readonly works: boolean;
  readonly resetAddress: string | null;
  readonly publicUrl: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly trustedProxies: readonly string[];
  readonly metricsToken: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** What is wrong with the settings, for the person who starts the server. */
export class SettingsError extends Error {}

const address = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `is not an address such as ${example}.`,
    abort: true,
  });

const surroundings = z.object({
  PUBLIC_URL: address(['http:', 'https:'], 'https://studio.example')
    .refine((text) => new URL(text).pathname === '/', { error: 'must be an address without a path.', abort: true })
    .refine((text) => new URL(text).protocol === 'https:' || isLoopbackHost(new URL(text).host), {
      error: 'must begin with https://: passwords and photos would travel for everybody to read.',
    })
    .transform((text) => new URL(text).origin)
    .optional(),
  SMTP_URL: address(['smtp:', 'smtps:'], 'smtps://name:password@mail.example').optional(),
  MAIL_FROM: z.string().min(3).max(254).optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every((part) => /^(loopback|linklocal|uniquelocal|[\da-f.:]+(\/\d+)?)$/i.test(part)), {
      error: 'is not a list of addresses or networks such as 10.0.0.1, 172.16.0.0/12.',
    })
    .optional(),
  METRICS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters.' }).optional(),
  STIPPLE_LOG: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent.' })
    .optional(),
});

/** @returns 'help' when help is asked for. @throws SettingsError */
export function settingsOfProcess(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ProcessSettings | 'help' {
  const options = optionsOf(args);
  if (options.help) return 'help';
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const checked = surroundings.safeParse(given);
  if (!checked.success) {
    const { path, message } = checked.error.issues[0]!;
    // Never the value: there may be a password in it.
    throw new SettingsError(`${path.join('.')} ${message}`);
  }
  const { PUBLIC_URL, SMTP_URL, MAIL_FROM, TRUSTED_PROXIES, METRICS_TOKEN, STIPPLE_LOG } = checked.data;
  if (options.lan && PUBLIC_URL)
    throw new SettingsError('--lan and PUBLIC_URL exclude each other: behind a proxy, HTTPS is its affair.');
  if (options.listen && !PUBLIC_URL)
    throw new SettingsError('--listen is for a server behind a proxy: set PUBLIC_URL too. For tablets there is --lan.');
  if (options['no-worker'] && options['worker-only'])
    throw new SettingsError('--no-worker and --worker-only leave nothing to do.');
  const mode = options.lan ? 'lan' : PUBLIC_URL ? 'hosted' : 'desk';
  return {
    mode,
    port: portOf('--port', options.port) ?? portOf('PORT', given.PORT),
    listen: options.listen ?? '127.0.0.1',
    data: options.data ?? null,
    servesRequests: !options['worker-only'],
    works: !options['no-worker'],
    resetAddress: options.reset ?? null,
    publicUrl: PUBLIC_URL ?? null,
    smtpUrl: SMTP_URL ?? null,
    mailFrom: MAIL_FROM ?? `stipple@${new URL(SMTP_URL ?? PUBLIC_URL ?? 'http://localhost').hostname}`,
    trustedProxies: TRUSTED_PROXIES ?? [],
    metricsToken: METRICS_TOKEN ?? null,
    logLevel: STIPPLE_LOG ?? (mode === 'hosted' ? 'info' : 'warn'),
  };
}

function optionsOf(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        listen: { type: 'string' },
        reset: { type: 'string' },
        lan: { type: 'boolean' },
        'no-worker': { type: 'boolean' },
        'worker-only': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (error) {
    throw new SettingsError((error as Error).message, { cause: error });
  }
}

function portOf(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new SettingsError(`${name} ${text} is not a port number (0 to 65535).`);
  return port;
}
