/** Clients: enquiry to record, screening, photos and their consents, duplicates, import, export, erasure. */
import * as z from 'zod';
import { skill } from './settings.ts';
import {
  done,
  email,
  id,
  instant,
  line,
  MANAGERS,
  OWNER,
  page,
  pageInput,
  plainDay,
  route,
  STAFF,
  text,
  version,
} from './route.ts';

const read = { who: STAFF, scope: 'clients:read' } as const;
const write = { who: STAFF, scope: 'clients:write' } as const;
const readOwn = { who: [...STAFF, 'client'], scope: 'clients:read' } as const;
const writeOwn = { who: [...STAFF, 'client'], scope: 'clients:write' } as const;

/** What is known of a person. Sealed at rest with the client's own key. */
export const profile = z.object({
  name: line(160),
  email: email.nullable(),
  phone: text(40).nullable(),
  bornOn: plainDay.nullable(),
  sex: z.enum(['m', 'f']).nullable(),
  address: text(400),
  language: z.string().max(20),
  /** As the studio writes it: 'norwood-5', 'ludwig-2', 'fut-scar' ...; null until seen. */
  presentation: text(60).nullable(),
  /** What the client says of the cause, in the client's words. */
  cause: text(1000),
  notes: text(10_000),
  /** Where the client heard of the studio. */
  source: text(200),
});
export type ClientProfile = z.infer<typeof profile>;

const clientStatus = z.enum(['enquiry', 'active', 'archived', 'merged', 'erased']);
const client = z.object({
  id,
  status: clientStatus,
  mergedInto: id.nullable(),
  profile,
  version,
  createdAt: instant,
  updatedAt: instant,
});
const clientLine = z.object({
  id,
  status: clientStatus,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  presentation: z.string().nullable(),
  nextAppointment: instant.nullable(),
  updatedAt: instant,
});

const finding = z.object({
  code: z.string(),
  outcome: z.enum(['stop', 'defer', 'note', 'caution']),
  text: z.string(),
  until: plainDay.nullable(),
});
/** Treat, not before a day, do not treat. */
const noteVerdict = z.enum(['yes', 'wait', 'no']);
const screening = z.object({
  id,
  takenAt: instant,
  askedVersion: z.int(),
  answers: z.record(z.string(), z.unknown()),
  outcome: z.enum(['clear', 'caution', 'note', 'defer', 'stop']),
  deferUntil: plainDay.nullable(),
  findings: z.array(finding),
  /** The doctor's, and what it says; null without one. */
  note: z.object({ verdict: noteVerdict, waitUntil: plainDay.nullable() }).nullable(),
});

export const PHOTO_PURPOSES = ['treatment', 'teaching', 'marketing'] as const;
const photoConsents = z.object({ treatment: z.boolean(), teaching: z.boolean(), marketing: z.boolean() });
export const PHOTO_VIEWS = ['front', 'front-bowed', 'left', 'right', 'back', 'top', 'detail'] as const;
const photo = z.object({
  id,
  view: z.enum(PHOTO_VIEWS),
  stage: z.enum(['before', 'fresh', 'healed', 'later']),
  takenOn: plainDay.nullable(),
  widthPx: z.int(),
  heightPx: z.int(),
  addedAt: instant,
});

const importRow = z.object({
  /** 1 is the first row under the headings. */
  row: z.int(),
  verdict: z.enum(['new', 'same', 'refused']),
  name: z.string(),
  /** What is wrong and what to do. */
  problems: z.array(z.string()),
});

/** A table of another program; what its columns mean where that is not seen by their headings; looked at, or done. */
const importedFile = z.object({
  file: z.file().max(20_000_000),
  columns: z.record(z.string(), z.string()).optional(),
  commit: z.boolean(),
});
const importedRows = z.object({
  columns: z.array(z.object({ heading: z.string(), field: z.string().nullable() })),
  rows: z.array(importRow),
  created: z.int(),
});

export const clients = {
  clients: route(read)
    .route({ method: 'GET', path: '/clients' })
    .input(z.object({ search: z.string().max(200).optional(), status: clientStatus.optional(), ...pageInput }))
    .output(page(clientLine)),
  createClient: route(write)
    .route({
      method: 'POST',
      path: '/clients',
      summary: 'Lists who may be the same person; creates anyway if told to.',
    })
    .input(
      z.object({
        status: z.enum(['enquiry', 'active']),
        profile: profile.partial().required({ name: true }),
        evenIfKnown: z.boolean().default(false),
      }),
    )
    .output(z.object({ id: id.nullable(), mayBe: z.array(clientLine) })),
  /** From the studio's own site: an enquiry, without sign-in, few per hour and address. */
  enquire: route({ who: 'anyone', scope: null })
    .route({ method: 'POST', path: '/public/{studioId}/enquiries' })
    .input(z.object({ studioId: id, name: line(160), email, phone: text(40).optional(), message: text(2000) }))
    .output(done),
  client: route(readOwn).route({ method: 'GET', path: '/clients/{id}' }).input(z.object({ id })).output(client),
  changeClient: route(write)
    .route({ method: 'PATCH', path: '/clients/{id}' })
    .input(
      z.object({
        id,
        version,
        status: z.enum(['enquiry', 'active', 'archived']).optional(),
        profile: profile.partial().optional(),
      }),
    )
    .output(client),
  duplicates: route(read)
    .route({ method: 'GET', path: '/clients/duplicates' })
    .output(z.object({ groups: z.array(z.object({ why: z.string(), clients: z.array(clientLine) })) })),
  mergeClients: route({ who: MANAGERS, scope: null })
    .route({
      method: 'POST',
      path: '/clients/{id}/merge',
      summary: 'Moves all that `id` has to `into`; profiles are kept.',
    })
    .input(z.object({ id, into: id }))
    .output(done),

  importClients: route({ who: MANAGERS, scope: null })
    .route({
      method: 'POST',
      path: '/clients/import',
      summary: 'Clients from a CSV file; a look first, then for good.',
    })
    .input(importedFile)
    .output(importedRows),
  importAppointments: route({ who: MANAGERS, scope: null })
    .route({
      method: 'POST',
      path: '/appointments/import',
      summary: 'History and bookings from a CSV file: past rows are facts.',
    })
    .input(importedFile)
    .output(importedRows),
  exportClient: route(readOwn)
    .route({ method: 'GET', path: '/clients/{id}/export', summary: 'All that the studio has of a client, as a ZIP.' })
    .input(z.object({ id }))
    .output(z.file()),
  eraseClient: route({ who: OWNER, scope: null })
    .route({ method: 'POST', path: '/clients/{id}/erase', summary: 'Destroys the key of profile, photos and plans.' })
    .input(z.object({ id, confirmName: z.string().max(160) }))
    .output(
      z.object({
        /** Null: until what it lies in can be reached. */
        kept: z.array(z.object({ what: z.string(), until: plainDay.nullable(), why: z.string() })),
      }),
    ),

  questions: route(readOwn)
    .route({ method: 'GET', path: '/screening/questions' })
    .output(
      z.object({
        version: z.int(),
        questions: z.array(
          z.object({
            id: z.string(),
            text: z.string(),
            help: z.string(),
            kind: z.enum(['yes-no', 'day', 'choice', 'text']),
            choices: z.array(z.object({ id: z.string(), text: z.string() })),
            /** Asked only when another question was answered so. */
            when: z.object({ question: z.string(), answer: z.string() }).nullable(),
          }),
        ),
      }),
    ),
  screen: route(writeOwn)
    .route({ method: 'POST', path: '/clients/{clientId}/screenings' })
    .input(
      z.object({
        clientId: id,
        askedVersion: z.int(),
        /** By question: 'yes', 'no', a choice, a text, a day, or 'unknown' for a day that nobody knows. */
        answers: z
          .record(z.string().max(60), z.union([z.string().max(2000), z.boolean()]))
          .refine((given) => Object.keys(given).length <= 200, 'more answers than questions'),
      }),
    )
    .output(screening),
  screenings: route(readOwn)
    .route({ method: 'GET', path: '/clients/{clientId}/screenings' })
    .input(z.object({ clientId: id }))
    .output(z.object({ items: z.array(screening) })),
  addDoctorsNote: route(write)
    .route({ method: 'POST', path: '/screenings/{id}/note', summary: 'The note, and what the doctor says in it.' })
    .input(
      z
        .object({ id, file: z.file().max(10_000_000), verdict: noteVerdict, waitUntil: plainDay.optional() })
        .refine(
          (of) => (of.verdict === 'wait') === (of.waitUntil !== undefined),
          'waitUntil: with wait, and only then',
        ),
    )
    .output(done),
  doctorsNote: route(readOwn)
    .route({ method: 'GET', path: '/screenings/{id}/note', summary: 'What the doctor wrote, as it was kept.' })
    .input(z.object({ id }))
    .output(z.file()),
  referralLetter: route(readOwn)
    .route({
      method: 'GET',
      path: '/screenings/{id}/letter',
      summary: 'A letter to a doctor, to print; names no diagnosis.',
    })
    .input(z.object({ id }))
    .output(z.file()),

  photoConsents: route(readOwn)
    .route({ method: 'GET', path: '/clients/{clientId}/photo-consents' })
    .input(z.object({ clientId: id }))
    .output(photoConsents),
  decidePhotoConsent: route(writeOwn)
    .route({ method: 'POST', path: '/clients/{clientId}/photo-consents' })
    .input(z.object({ clientId: id, purpose: z.enum(PHOTO_PURPOSES), given: z.boolean() }))
    .output(photoConsents),
  addPhoto: route(writeOwn)
    .route({ method: 'POST', path: '/clients/{clientId}/photos', summary: 'Kept without location and device; sealed.' })
    .input(
      z.object({
        clientId: id,
        view: z.enum(PHOTO_VIEWS),
        stage: z.enum(['before', 'fresh', 'healed', 'later']),
        takenOn: plainDay.optional(),
        file: z.file().max(40_000_000),
      }),
    )
    .output(photo),
  photos: route(readOwn)
    .route({ method: 'GET', path: '/clients/{clientId}/photos' })
    .input(z.object({ clientId: id }))
    .output(z.object({ items: z.array(photo) })),
  photoFile: route(readOwn)
    .route({ method: 'GET', path: '/photos/{id}/file' })
    .input(z.object({ id, size: z.enum(['full', 'small']).default('full') }))
    .output(z.file()),
  removePhoto: route(write).route({ method: 'DELETE', path: '/photos/{id}' }).input(z.object({ id })).output(done),

  /** Consultation asked for or held: the appointment itself is in courses. */
  bookableSkills: route(readOwn)
    .route({
      method: 'GET',
      path: '/clients/{clientId}/gate',
      summary: 'Whether sessions may be booked now, and why not.',
    })
    .input(z.object({ clientId: id }))
    .output(
      z.object({
        mayBook: z.boolean(),
        earliest: plainDay.nullable(),
        reasons: z.array(finding),
        skills: z.array(skill),
      }),
    ),
};
