/**
 * Under which names this server answers, and from which pages it takes orders.
 *
 * A foreign name is refused, so that no other site reaches a server on this computer by DNS rebinding. What changes
 * something must come from a page of ours (Origin) unless it shows a token: beside the SameSite cookie, this is the
 * second lock against forged requests.
 */
import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** @param names hosts, with their port where it is not the usual one, beside this computer's own */
export const hostCheck =
  (names: readonly string[]) =>
  (host: string | undefined): boolean =>
    host !== undefined && (LOOPBACK.test(host) || names.includes(host.toLowerCase()));

export const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host);

/** Whether a request that changes something was made by a page of this server. */
export function isOurPage(headers: IncomingHttpHeaders, ownOrigin: string): boolean {
  if (headers.origin !== undefined) return headers.origin === ownOrigin;
  // Browsers that send no Origin with it say this instead; programs say neither and have no cookie to misuse.
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
