/**
 * The types of all tables, as Kysely sees them.
 * Written by scripts/write-tables.mjs from the migrations; do not edit.
 */
import type { InstantRange } from './instant-range.ts';
import type { ColumnType } from 'kysely';

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface Absences {
  during: InstantRange;
  id: string;
  practitionerId: string;
  reason: Generated<string>;
  sourceUid: string | null;
  studioId: string;
}

export interface Accounts {
  clientId: string | null;
  createdAt: Timestamp;
  displayName: Generated<string>;
  emailHash: Buffer;
  id: string;
  passwordHash: string | null;
  role: string;
  sealed: Buffer;
  status: string;
  studioId: string;
  totpConfirmedAt: Timestamp | null;
  totpLastStep: number | null;
  totpSealed: Buffer | null;
}

export interface ApiTokens {
  createdAt: Timestamp;
  createdBy: string;
  expiresAt: Timestamp | null;
  id: string;
  lastUsedAt: Timestamp | null;
  name: string;
  revokedAt: Timestamp | null;
  scopes: string[];
  secretHash: Buffer;
  studioId: string;
}

export interface Appointments {
  byVideo: Generated<boolean>;
  clashes: Generated<string>;
  clientId: string;
  continuationReason: string | null;
  courseId: string | null;
  createdAt: Timestamp;
  createdBy: string | null;
  during: InstantRange;
  factNumber: Generated<number>;
  firstDay: string;
  flags: Generated<string[]>;
  gapOverride: Json | null;
  icsSequence: Generated<number>;
  id: string;
  isFact: Generated<boolean>;
  kind: string;
  lastDay: string;
  locationId: string;
  n: number | null;
  practitionerId: string;
  roomId: string | null;
  sealed: Buffer | null;
  skinDays: Generated<string>;
  status: string;
  studioId: string;
  updatedAt: Timestamp;
  version: Generated<number>;
}

export interface AuditEntries {
  action: string;
  actorId: string | null;
  actorKind: string;
  at: Timestamp;
  detail: Generated<Json>;
  hash: Buffer;
  previousHash: Buffer;
  seq: number;
  studioId: string;
  subjectId: string | null;
  subjectKind: string;
}

export interface BackupFolders {
  erasedTo: Timestamp | null;
  folder: string;
}

export interface Certificates {
  expiresOn: string;
  id: string;
  issuedOn: string;
  issuer: string;
  number: Generated<string>;
  practitionerId: string;
  proofObjectId: string | null;
  skill: string;
  studioId: string;
  title: string;
}

export interface Clients {
  change: number;
  createdAt: Timestamp;
  id: string;
  legalSealed: Buffer | null;
  legalUntil: string | null;
  mergedInto: string | null;
  sealed: Buffer | null;
  status: string;
  studioId: string;
  updatedAt: Timestamp;
  version: Generated<number>;
}

export interface Courses {
  blackOuts: Generated<Json>;
  clientId: string;
  createdAt: Timestamp;
  createdBy: string | null;
  gapsDays: number[];
  id: string;
  minutes: number[];
  quoteId: string | null;
  reason: Generated<string>;
  sessions: number;
  skill: string;
  status: string;
  studioId: string;
  version: Generated<number>;
}

export interface Erasures {
  at: Timestamp;
  clientId: string;
  studioId: string;
}

export interface Feeds {
  createdAt: Timestamp;
  createdBy: string | null;
  id: string;
  kind: string;
  revokedAt: Timestamp | null;
  secretHash: Buffer;
  studioId: string;
  subjectId: string;
}

export interface IdempotencyKeys {
  callerId: string;
  createdAt: Timestamp;
  keyHash: Buffer;
  requestHash: Buffer;
  sealed: Buffer | null;
  studioId: string;
}

export interface Keys {
  createdAt: Timestamp;
  destroyedAt: Timestamp | null;
  id: string;
  ownerId: string;
  ownerKind: string;
  purpose: string;
  studioId: string;
  wrapped: Buffer | null;
}

export interface Libraries {
  content: Json;
  createdAt: Timestamp;
  createdBy: string | null;
  kind: string;
  studioId: string;
  version: number;
}

export interface Locations {
  active: Generated<boolean>;
  address: Generated<string>;
  id: string;
  name: string;
  opening: Json;
  studioId: string;
  timeZone: string;
}

export interface MasterKey {
  fingerprint: string;
  isOnly: Generated<boolean>;
}

export interface Messages {
  accountId: string | null;
  clientId: string | null;
  createdAt: Timestamp;
  error: string | null;
  id: string;
  kind: string;
  sealed: Buffer;
  sentAt: Timestamp | null;
  status: string;
  studioId: string;
}

export interface Objects {
  bytes: number;
  createdAt: Timestamp;
  deletedAt: Timestamp | null;
  id: string;
  keyId: string;
  mediaType: string;
  sha256: Buffer;
  studioId: string;
}

export interface OneTimeLinks {
  accountId: string | null;
  createdAt: Timestamp;
  expiresAt: Timestamp;
  id: string;
  purpose: string;
  secretHash: Buffer;
  studioId: string;
  usedAt: Timestamp | null;
}

export interface Passkeys {
  accountId: string;
  counter: number;
  createdAt: Timestamp;
  credentialId: Buffer;
  id: string;
  lastUsedAt: Timestamp | null;
  name: string;
  publicKey: Buffer;
  studioId: string;
  transports: Generated<string[]>;
}

export interface PhotoConsents {
  clientId: string;
  decidedAt: Timestamp;
  given: boolean;
  id: string;
  purpose: string;
  recordedBy: string | null;
  studioId: string;
}

export interface Photos {
  addedAt: Timestamp;
  addedBy: string | null;
  clientId: string;
  heightPx: number;
  id: string;
  objectId: string;
  stage: string;
  studioId: string;
  takenOn: string | null;
  thumbnailId: string;
  view: string;
  widthPx: number;
}

export interface Plans {
  clientId: string;
  createdAt: Timestamp;
  id: string;
  studioId: string;
  title: string;
}

export interface PlanVersions {
  acceptedAt: Timestamp | null;
  createdAt: Timestamp;
  createdBy: string | null;
  edits: Generated<Json>;
  engine: string;
  n: number;
  planId: string;
  sealed: Buffer;
  studioId: string;
}

export interface Practitioners {
  accountId: string | null;
  active: Generated<boolean>;
  biography: Generated<string>;
  hours: Json;
  id: string;
  locationId: string;
  maxMinutesADay: Generated<number>;
  name: string;
  skills: string[];
  slug: string | null;
  studioId: string;
}

export interface Quotes {
  acceptedAt: Timestamp | null;
  clientId: string;
  content: Json;
  createdAt: Timestamp;
  createdBy: string | null;
  currency: string;
  id: string;
  likelyMinor: number | null;
  planId: string | null;
  planN: number | null;
  status: string;
  studioId: string;
  validUntil: string;
  version: Generated<number>;
}

export interface RecoveryCodes {
  accountId: string;
  codeHash: Buffer;
  studioId: string;
  usedAt: Timestamp | null;
}

export interface Rooms {
  active: Generated<boolean>;
  id: string;
  locationId: string;
  name: string;
  studioId: string;
}

export interface SchemaMigrations {
  appliedAt: Generated<Timestamp>;
  name: string;
  sha256: string;
}

export interface Screenings {
  askedVersion: number;
  byClient: Generated<boolean>;
  clientId: string;
  deferUntil: string | null;
  id: string;
  needsNote: Generated<boolean>;
  noteObjectId: string | null;
  noteVerdict: string | null;
  noteWaitUntil: string | null;
  outcome: string;
  sealed: Buffer;
  studioId: string;
  takenAt: Timestamp;
  takenBy: string | null;
}

export interface SignIns {
  accountId: string;
  createdAt: Timestamp;
  device: Generated<string>;
  expiresAt: Timestamp;
  id: string;
  lastSeenAt: Timestamp;
  revokedAt: Timestamp | null;
  secondFactor: boolean;
  secretHash: Buffer;
  studioId: string;
}

export interface Studios {
  clientChange: Generated<number>;
  createdAt: Timestamp;
  currency: string;
  id: string;
  isDemo: Generated<boolean>;
  name: string;
  settings: Generated<Json>;
  timeZone: string;
}

export interface Tries {
  count: number;
  key: Buffer;
  until: Timestamp;
}

export interface Tables {
  absences: Absences;
  accounts: Accounts;
  apiTokens: ApiTokens;
  appointments: Appointments;
  auditEntries: AuditEntries;
  backupFolders: BackupFolders;
  certificates: Certificates;
  clients: Clients;
  courses: Courses;
  erasures: Erasures;
  feeds: Feeds;
  idempotencyKeys: IdempotencyKeys;
  keys: Keys;
  libraries: Libraries;
  locations: Locations;
  masterKey: MasterKey;
  messages: Messages;
  objects: Objects;
  oneTimeLinks: OneTimeLinks;
  passkeys: Passkeys;
  photoConsents: PhotoConsents;
  photos: Photos;
  plans: Plans;
  planVersions: PlanVersions;
  practitioners: Practitioners;
  quotes: Quotes;
  recoveryCodes: RecoveryCodes;
  rooms: Rooms;
  schemaMigrations: SchemaMigrations;
  screenings: Screenings;
  signIns: SignIns;
  studios: Studios;
  tries: Tries;
}
