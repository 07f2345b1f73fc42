/**
 * Browsers that signed in before, so that a stranger's guesses do not lock the owner out.
 *
 * Guesses are counted per address typed. A browser that once signed in with that address carries a cookie that says so,
 * and its tries are counted for itself alone. So whoever guesses from elsewhere slows down strangers, never a browser
 * that is known (OWASP, device cookies).
 */
import { randomBytes } from 'node:crypto';
import type { RequestContext } from '../request/request-context.ts';
import type { Storage } from '../storage/storage.ts';

const DAYS = 400;
/** People who sign in at one browser. */
const MOST_PEOPLE = 12;
const NIL = '00000000-0000-0000-0000-000000000000';

interface Device {
  readonly name: string;
  readonly marks: readonly string[];
}

function readDevice({ cookies }: RequestContext): Device | null {
  const [name, ...marks] = (cookies.get('known-device') ?? '').split('.');
  return name && /^[\w-]{22}$/.test(name) ? { name, marks: marks.slice(0, MOST_PEOPLE) } : null;
}

const markOf = ({ keys }: Storage, name: string, email: string): string =>
  keys.hash(NIL, 'known device', `${name} ${email}`).subarray(0, 16).toString('base64url');

/** The browser's name when it signed in with this address before. */
export function knownDevice(context: RequestContext, email: string): string | null {
  const device = readDevice(context);
  return device?.marks.includes(markOf(context.storage, device.name, email)) ? device.name : null;
}

export function rememberDevice(context: RequestContext, email: string): void {
  const { name, marks } = readDevice(context) ?? { name: randomBytes(16).toString('base64url'), marks: [] };
  const mark = markOf(context.storage, name, email);
  const kept = [mark, ...marks.filter((other) => other !== mark)].slice(0, MOST_PEOPLE);
  context.cookies.set('known-device', [name, ...kept].join('.'), DAYS * 86_400);
}
