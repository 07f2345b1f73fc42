/**
 * The cookies of this server: for this host alone, out of reach of scripts, sent by pages of this site only, and over
 * HTTPS bound to it by their name (__Host-).
 */
import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieName, Cookies } from '../request/request-context.ts';

/** @param secure whether people reach this server by HTTPS */
export function cookiesOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): Cookies {
  const fullName = (name: CookieName): string => `${secure ? '__Host-' : ''}stipple-${name}`;
  const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  return {
    get: (name) => request.cookies[fullName(name)] ?? null,
    set: (name, value, maxAge) =>
      void reply.setCookie(fullName(name), value, maxAge === null ? attributes : { ...attributes, maxAge }),
    clear: (name) => void reply.clearCookie(fullName(name), attributes),
  };
}
