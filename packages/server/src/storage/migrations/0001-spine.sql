-- The spine: studios, people, clients, plans, quotes, courses, appointments.
--
-- Every key leads with studio_id and every table is guarded by row-level security (stipple_guard, 0000-base.sql), so
-- that no query sees another studio's rows. Whatever could name a client is sealed with the client's own key before it
-- gets here (bytea columns named sealed): destroying the key erases it from the database, its backups and its files.
-- Ids are UUIDs made by the application.

create table studios (
  id uuid primary key,
  name text not null,
  time_zone text not null,
  currency text not null,
  -- Settings as checked by files/contract/studio.ts: gaps, deposit, validity, aftercare protocol, languages.
  settings jsonb not null default '{}',
  is_demo boolean not null default false,
  -- Counts changes of clients; see clients.change.
  client_change bigint not null default 0,
  created_at timestamptz not null
);

-- What unlocks sealed rows and objects: one key per client and purpose, and one for the studio, wrapped by the master
-- key. 'care' holds profile, photos and plans; 'legal' the minimum that the law keeps (consent, lots, recall contact).
create table keys (
  studio_id uuid not null references studios,
  id uuid not null,
  owner_kind text not null check (owner_kind in ('studio', 'client')),
  owner_id uuid not null,
  purpose text not null check (purpose in ('studio', 'care', 'legal')),
  -- Null once destroyed.
  wrapped bytea,
  created_at timestamptz not null,
  destroyed_at timestamptz,
  primary key (studio_id, id),
  unique (studio_id, owner_id, purpose),
  check ((wrapped is null) = (destroyed_at is not null))
);

create table objects (
  studio_id uuid not null references studios,
  id uuid not null,
  key_id uuid not null,
  media_type text not null,
  -- Of the plain content.
  bytes bigint not null check (bytes >= 0),
  sha256 bytea not null,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (studio_id, id),
  foreign key (studio_id, key_id) references keys
);

create table locations (
  studio_id uuid not null references studios,
  id uuid not null,
  name text not null,
  time_zone text not null,
  address text not null default '',
  -- { weekly: [[{ from, to } minutes] x 7 from Monday], exceptions: [{ day, spans }] }
  opening jsonb not null,
  active boolean not null default true,
  primary key (studio_id, id)
);

create table rooms (
  studio_id uuid not null references studios,
  id uuid not null,
  location_id uuid not null,
  name text not null,
  active boolean not null default true,
  primary key (studio_id, id),
  foreign key (studio_id, location_id) references locations
);
create index rooms_by_location on rooms (studio_id, location_id);

create table clients (
  studio_id uuid not null references studios,
  id uuid not null,
  status text not null check (status in ('enquiry', 'active', 'archived', 'merged', 'erased')),
  merged_into uuid,
  -- Profile, presentation, cause and notes; null once erased.
  sealed bytea,
  -- After erasure: name and contact for recalls, with the 'legal' key, until that day.
  legal_sealed bytea,
  legal_until date,
  -- studios.client_change at the last change of this one, so that a node's search index can catch up. The counter's row
  -- is locked until the commit, so no change appears behind one already seen.
  change bigint not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (studio_id, id),
  foreign key (studio_id, merged_into) references clients,
  check ((status = 'merged') = (merged_into is not null)),
  check ((status = 'erased') = (sealed is null))
);
create index clients_by_change on clients (studio_id, change);

-- Kept apart from backups too, and replayed on restore.
create table erasures (
  studio_id uuid not null references studios,
  client_id uuid not null,
  at timestamptz not null,
  primary key (studio_id, client_id)
);

create table accounts (
  studio_id uuid not null references studios,
  id uuid not null,
  role text not null check (role in ('owner', 'manager', 'practitioner', 'front-desk', 'client')),
  -- The client whose own record this account opens.
  client_id uuid,
  -- Keyed hash of the lower-case address; the address itself is in sealed (a client's with the client's 'care' key,
  -- staff's with the studio's: see sealed-places.ts).
  email_hash bytea not null,
  sealed bytea not null,
  display_name text not null default '',
  password_hash text,
  totp_sealed bytea,
  totp_confirmed_at timestamptz,
  -- The last time step accepted, so that a code works once.
  totp_last_step bigint,
  status text not null check (status in ('invited', 'active', 'suspended')),
  created_at timestamptz not null,
  primary key (studio_id, id),
  unique (studio_id, email_hash),
  foreign key (studio_id, client_id) references clients,
  check ((role = 'client') = (client_id is not null))
);

create table recovery_codes (
  studio_id uuid not null,
  account_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (studio_id, account_id, code_hash),
  foreign key (studio_id, account_id) references accounts on delete cascade
);

create table passkeys (
  studio_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (studio_id, id),
  unique (studio_id, credential_id),
  foreign key (studio_id, account_id) references accounts on delete cascade
);

-- Sign-ins that can be revoked. The cookie carries studio, id and a secret; here is its hash.
create table sign_ins (
  studio_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  secret_hash bytea not null,
  -- False while the code is still asked for: such a sign-in opens nothing.
  second_factor boolean not null,
  device text not null default '',
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (studio_id, id),
  foreign key (studio_id, account_id) references accounts on delete cascade
);
create index sign_ins_by_account on sign_ins (studio_id, account_id);

-- Links that work once: first owner, invitation, reset, a client's own page.
create table one_time_links (
  studio_id uuid not null references studios,
  id uuid not null,
  purpose text not null check (purpose in ('first-owner', 'invitation', 'reset')),
  secret_hash bytea not null,
  account_id uuid,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null,
  primary key (studio_id, id),
  foreign key (studio_id, account_id) references accounts on delete cascade
);

create table api_tokens (
  studio_id uuid not null references studios,
  id uuid not null,
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (studio_id, id),
  foreign key (studio_id, created_by) references accounts
);

-- One row per key and caller: the same key with the same request gets the same answer, with another it is refused.
-- Written in the transaction of the request itself, so an answer is here exactly when what it says is stored.
create table idempotency_keys (
  studio_id uuid not null references studios,
  caller_id uuid not null,
  key_hash bytea not null,
  request_hash bytea not null,
  -- The answer, which only the key itself opens.
  sealed bytea,
  created_at timestamptz not null,
  primary key (studio_id, caller_id, key_hash)
);
create index idempotency_keys_by_age on idempotency_keys (studio_id, created_at);

create table practitioners (
  studio_id uuid not null references studios,
  id uuid not null,
  account_id uuid,
  location_id uuid not null,
  name text not null,
  -- Presentations and techniques this person does, such as 'shaved', 'density', 'scars', 'patches'.
  skills text[] not null,
  -- { weekly: [[{ from, to } minutes] x 7 from Monday] }
  hours jsonb not null,
  max_minutes_a_day integer not null default 480 check (max_minutes_a_day between 30 and 1440),
  -- The public page; null when there is none.
  slug text,
  biography text not null default '',
  active boolean not null default true,
  primary key (studio_id, id),
  unique (studio_id, slug),
  foreign key (studio_id, account_id) references accounts,
  foreign key (studio_id, location_id) references locations
);
create index practitioners_by_location on practitioners (studio_id, location_id);

create table absences (
  studio_id uuid not null,
  id uuid not null,
  practitioner_id uuid not null,
  during tstzrange not null check (not isempty(during)),
  reason text not null default '',
  -- The event of a foreign calendar that it was read from.
  source_uid text,
  primary key (studio_id, id),
  foreign key (studio_id, practitioner_id) references practitioners
);
create index absences_during on absences using gist (studio_id, practitioner_id, during);

create table certificates (
  studio_id uuid not null,
  id uuid not null,
  practitioner_id uuid not null,
  -- 'smp' covers every skill; else one of practitioners.skills.
  skill text not null,
  title text not null,
  issuer text not null,
  number text not null default '',
  issued_on date not null,
  expires_on date not null check (expires_on > issued_on),
  proof_object_id uuid,
  primary key (studio_id, id),
  foreign key (studio_id, practitioner_id) references practitioners,
  foreign key (studio_id, proof_object_id) references objects
);
create index certificates_by_practitioner on certificates (studio_id, practitioner_id);

-- Price lists, pigments, texts: kept by version, never changed in place.
create table libraries (
  studio_id uuid not null references studios,
  kind text not null,
  version integer not null check (version > 0),
  content jsonb not null,
  created_by uuid,
  created_at timestamptz not null,
  primary key (studio_id, kind, version)
);

create table screenings (
  studio_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  -- SCREENING_VERSION that was asked.
  asked_version integer not null,
  outcome text not null check (outcome in ('clear', 'caution', 'note', 'defer', 'stop')),
  defer_until date,
  -- Whether a doctor's note is asked for, beside whatever weighs more.
  needs_note boolean not null default false,
  -- Answers and findings, with the client's 'legal' key.
  sealed bytea not null,
  -- The doctor's note and what it says: go ahead, not before a day, not at all.
  note_object_id uuid,
  note_verdict text check (note_verdict in ('yes', 'wait', 'no')),
  note_wait_until date,
  taken_by uuid,
  -- Answered by the client alone: this may tighten what was taken in the studio, never loosen it.
  by_client boolean not null default false,
  taken_at timestamptz not null,
  primary key (studio_id, id),
  foreign key (studio_id, client_id) references clients,
  foreign key (studio_id, note_object_id) references objects,
  check ((outcome = 'defer') = (defer_until is not null)),
  check ((note_object_id is null) = (note_verdict is null)),
  check ((note_verdict is not distinct from 'wait') = (note_wait_until is not null))
);
create index screenings_by_client on screenings (studio_id, client_id, taken_at);

-- One row per decision; the latest of a purpose holds.
create table photo_consents (
  studio_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  purpose text not null check (purpose in ('treatment', 'teaching', 'marketing')),
  given boolean not null,
  decided_at timestamptz not null,
  recorded_by uuid,
  primary key (studio_id, id),
  foreign key (studio_id, client_id) references clients
);
create index photo_consents_by_client on photo_consents (studio_id, client_id, purpose, decided_at);

create table photos (
  studio_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  object_id uuid not null,
  -- The same picture small, for lists.
  thumbnail_id uuid not null,
  view text not null,
  -- When in the course: 'before', 'fresh', 'healed', 'later'.
  stage text not null,
  taken_on date,
  width_px integer not null,
  height_px integer not null,
  added_by uuid,
  added_at timestamptz not null,
  primary key (studio_id, id),
  foreign key (studio_id, client_id) references clients,
  foreign key (studio_id, object_id) references objects,
  foreign key (studio_id, thumbnail_id) references objects
);
create index photos_by_client on photos (studio_id, client_id, added_at);

create table plans (
  studio_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  title text not null,
  created_at timestamptz not null,
  primary key (studio_id, id),
  foreign key (studio_id, client_id) references clients
);
create index plans_by_client on plans (studio_id, client_id);

-- Versions never change. Document and summary are sealed with the client's 'care' key.
create table plan_versions (
  studio_id uuid not null,
  plan_id uuid not null,
  n integer not null check (n > 0),
  sealed bytea not null,
  -- What was edited since the version before, in words for people.
  edits jsonb not null default '[]',
  engine text not null,
  created_by uuid,
  created_at timestamptz not null,
  accepted_at timestamptz,
  primary key (studio_id, plan_id, n),
  foreign key (studio_id, plan_id) references plans
);

create table quotes (
  studio_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  plan_id uuid,
  plan_n integer,
  status text not null check (status in ('draft', 'sent', 'accepted', 'expired', 'withdrawn')),
  currency text not null,
  -- Null when the extent is a template: a range only.
  likely_minor bigint,
  -- The quote with everything it is computed from (core/quote).
  content jsonb not null,
  valid_until date not null,
  version integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  accepted_at timestamptz,
  primary key (studio_id, id),
  foreign key (studio_id, client_id) references clients,
  foreign key (studio_id, plan_id, plan_n) references plan_versions,
  check ((status = 'accepted') = (accepted_at is not null))
);
create index quotes_by_client on quotes (studio_id, client_id);

create table courses (
  studio_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  quote_id uuid,
  skill text not null,
  sessions integer not null check (sessions between 2 and 12),
  -- Why not three or four.
  reason text not null default '',
  gaps_days integer[] not null,
  -- Minutes of each session.
  minutes integer[] not null,
  -- Black-out days of the client: [{ firstDay, lastDay, kind }]
  black_outs jsonb not null default '[]',
  status text not null check (status in ('open', 'paused', 'done', 'cancelled')),
  version integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  primary key (studio_id, id),
  foreign key (studio_id, client_id) references clients,
  foreign key (studio_id, quote_id) references quotes,
  check (sessions between 3 and 4 or reason <> '')
);
create index courses_by_client on courses (studio_id, client_id);

-- An hour in the book: consultation, session, touch-up or review. Moving one changes its row, so a course never grows.
create table appointments (
  studio_id uuid not null,
  id uuid not null,
  client_id uuid not null,
  course_id uuid,
  kind text not null check (kind in ('consultation', 'session', 'touch-up', 'review')),
  -- Which session of the course; null for the other kinds.
  n integer,
  status text not null check (
    status in ('booked', 'in-progress', 'interrupted', 'done', 'cancelled', 'missed')
  ),
  location_id uuid not null,
  practitioner_id uuid not null,
  room_id uuid,
  by_video boolean not null default false,
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  -- Local days of the location. An interrupted session that goes on the next day ends then.
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  -- What already happened. Facts are stored even when they break a rule, and flagged; bookings are not.
  is_fact boolean not null default false,
  flags text[] not null default '{}',
  -- Who went outside a preferred gap, and why: { name, reason }.
  gap_override jsonb,
  -- Why it was interrupted and goes on the next day.
  continuation_reason text,
  -- Notes, with the client's 'care' key (sealed-places.ts).
  sealed bytea,
  -- For calendars that follow us.
  ics_sequence integer not null default 0,
  version integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  fact_number bigint generated always as identity,
  -- Skin is needled on these days and rests for the seven after: two of one client may not overlap.
  skin_days daterange not null generated always as (daterange(first_day, last_day + 7)) stored,
  -- On the skin a booking clashes with everything, a fact with bookings only: two facts of the past may stand too
  -- close. Hours are held by bookings alone: that somebody stayed longer into the next booking is stored as it was.
  clashes int8range not null generated always as (
    case when is_fact then int8range(fact_number, fact_number, '[]') else int8range(null, null) end
  ) stored,
  primary key (studio_id, id),
  foreign key (studio_id, client_id) references clients,
  foreign key (studio_id, course_id) references courses,
  foreign key (studio_id, location_id) references locations,
  foreign key (studio_id, practitioner_id) references practitioners,
  foreign key (studio_id, room_id) references rooms,
  check ((kind = 'session') = (n is not null)),
  check (kind <> 'session' or course_id is not null),
  check (room_id is not null or by_video),
  constraint seven_days exclude using gist (
    studio_id with =,
    client_id with =,
    skin_days with &&,
    clashes with &&
  ) where (kind in ('session', 'touch-up') and status not in ('cancelled', 'missed')),
  constraint practitioner_free exclude using gist (
    studio_id with =,
    practitioner_id with =,
    during with &&
  ) where (status not in ('cancelled', 'missed') and not is_fact),
  constraint room_free exclude using gist (
    studio_id with =,
    room_id with =,
    during with &&
  ) where (status not in ('cancelled', 'missed') and not is_fact),
  constraint client_free exclude using gist (
    studio_id with =,
    client_id with =,
    during with &&
  ) where (status not in ('cancelled', 'missed') and not is_fact)
);
create unique index appointments_session on appointments (studio_id, course_id, n)
  where (kind = 'session' and status not in ('cancelled', 'missed'));
create index appointments_by_client on appointments (studio_id, client_id, first_day);
create index appointments_by_day on appointments (studio_id, location_id, first_day, room_id);
create index appointments_by_practitioner on appointments (studio_id, practitioner_id, first_day);

-- Secret calendar addresses. The address carries studio, id and a secret; here is its hash.
create table feeds (
  studio_id uuid not null references studios,
  id uuid not null,
  kind text not null check (kind in ('practitioner', 'room', 'client')),
  subject_id uuid not null,
  secret_hash bytea not null,
  created_by uuid,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (studio_id, id)
);

-- Mail to send; where no SMTP is set, what to send by hand.
create table messages (
  studio_id uuid not null references studios,
  id uuid not null,
  kind text not null,
  client_id uuid,
  account_id uuid,
  -- Address, subject and body; to a client with the client's 'care' key (sealed-places.ts).
  sealed bytea not null,
  status text not null check (status in ('waiting', 'sent', 'failed', 'by-hand')),
  error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (studio_id, id),
  foreign key (studio_id, client_id) references clients,
  foreign key (studio_id, account_id) references accounts on delete cascade
);

-- How often something was tried lately: password guesses of an account, enquiries from an address. The key is a keyed
-- hash, so no address is kept; no studio, because a stranger's tries belong to none. Lost in a crash, which is fine.
create unlogged table tries (
  key bytea primary key,
  count integer not null,
  until timestamptz not null
);
grant select, insert, update, delete on tries to stipple_app;

-- Where backups were written to, so that erasures reach them: of this installation, not of a studio, and in no backup.
create table backup_folders (
  folder text primary key,
  -- When the latest erasure was that the backups there know of; null for none.
  erased_to timestamptz
);

-- Append-only and hash-chained; ids only, nothing that names a person.
create table audit_entries (
  studio_id uuid not null references studios,
  seq bigint not null check (seq > 0),
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('account', 'token', 'system', 'anyone')),
  actor_id uuid,
  action text not null,
  subject_kind text not null,
  subject_id uuid,
  detail jsonb not null default '{}',
  previous_hash bytea not null,
  hash bytea not null,
  primary key (studio_id, seq)
);

select stipple_guard(name)
from unnest(array[
  'keys', 'objects', 'locations', 'rooms', 'clients', 'erasures', 'accounts', 'recovery_codes', 'passkeys', 'sign_ins',
  'one_time_links', 'api_tokens', 'idempotency_keys', 'practitioners', 'absences', 'certificates', 'libraries',
  'screenings', 'photo_consents', 'photos', 'plans', 'plan_versions', 'quotes', 'courses', 'appointments', 'feeds',
  'messages', 'audit_entries'
]) as name;
select stipple_guard('studios', 'id');
