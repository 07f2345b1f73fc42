/**
 * What a route's handler is given: who calls, the storage, and the clock.
 *
 * Handlers take time and ids from here and nowhere else, so a test decides what day it is.
 */
import type { Role, Scope } from '@stipple/files/wire/route.ts';
import type { Transaction } from 'kysely';
import type { Storage } from '../storage/storage.ts';
import type { Tables } from '../storage/tables.ts';
import type { Mail } from './mail.ts';

/** Somebody signed in, or a program with a token. */
export type Caller =
  | { readonly kind: 'anyone' }
  | {
      readonly kind: 'account';
      readonly studioId: string;
      readonly accountId: string;
      readonly signInId: string;
      readonly role: Role;
      /** The client whose record this is; null for staff. */
      readonly clientId: string | null;
      readonly practitionerId: string | null;
    }
  | { readonly kind: 'token'; readonly studioId: string; readonly tokenId: string; readonly scopes: readonly Scope[] };

/** A caller that belongs to a studio: what handlers of routes with a sign-in see. */
export type KnownCaller = Exclude<Caller, { kind: 'anyone' }>;

/** What the server keeps in the browser: who is signed in, and that this browser signed in before. */
export type CookieName = 'sign-in' | 'known-device';

export interface Cookies {
  get(name: CookieName): string | null;
  /** @param maxAgeS null until the browser closes */
  set(name: CookieName, value: string, maxAgeS: number | null): void;
  clear(name: CookieName): void;
}

export interface RequestContext {
  readonly caller: Caller;
  readonly storage: Storage;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly cookies: Cookies;
  /** Browser and system in a few words, for the list of sign-ins. */
  readonly device: string;
  /** For limits per address; never stored. */
  readonly address: string;
  /** Where people reach this server, without a slash at the end. */
  readonly publicUrl: string;
  readonly isSecureContext: boolean;
  /** On this computer alone, where whoever sits at it may look at the demo without a password. */
  readonly isDesk: boolean;
  /** Null where no mail is set up. */
  readonly mail: Mail | null;
  /** The header that lets a request be sent twice and done once. */
  readonly idempotencyKey: string | null;
}

/** The context of a route that needs a sign-in: the caller is known and the studio is set. */
export interface StudioContext extends RequestContext {
  readonly caller: KnownCaller;
  readonly studioId: string;
  /** One transaction that sees the caller's studio and no other. */
  readonly inStudio: <T>(work: (tx: Transaction<Tables>) => Promise<T>) => Promise<T>;
}

/** Who did it, for created_by columns; null for programs. */
export const accountOf = (caller: KnownCaller): string | null => (caller.kind === 'account' ? caller.accountId : null);
