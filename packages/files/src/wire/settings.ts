/** The studio itself: places, practitioners with their certificates, and the lists it works by. */
import * as z from 'zod';
import {
  currency,
  done,
  EVERYBODY,
  id,
  idOnly,
  instant,
  line,
  MANAGERS,
  minuteOfDay,
  MOST_COUNTED,
  OWNER,
  plainDay,
  route,
  STAFF,
  text,
  version,
} from './route.ts';

const read = { who: STAFF, scope: 'studio:read' } as const;
const write = { who: MANAGERS, scope: 'studio:write' } as const;

const span = z.object({ from: minuteOfDay, to: minuteOfDay }).refine((of) => of.from < of.to, 'ends before it begins');
/** Local minutes for each day from Monday. */
export const weekly = z.array(z.array(span).max(6)).length(7);
export const opening = z.object({
  weekly,
  /** Days unlike their weekday: no spans is closed. */
  exceptions: z.array(z.object({ day: plainDay, spans: z.array(span).max(6) })).max(400),
});

export const SKILLS = ['shaved', 'density', 'scars', 'patches'] as const;
export const skill = z.enum(SKILLS);

/** As they are changed: what is left out stays as it is, so nothing has a default here. */
const settingsGiven = z.object({
  /** Preferred gaps by number of sessions; the floor of 7 days stands whatever is written here. */
  gapsDays: z.array(z.int().min(7).max(365)).min(1).max(11),
  depositBasisPoints: z.int().min(0).max(10000),
  quoteValidDays: z.int().min(1).max(365),
  aftercare: z.enum(['strict', 'article']),
  /** How long the law wants consent, lots and a contact for recalls kept after an erasure. */
  retentionYears: z.int().min(1).max(50),
  /** Minutes between two appointments of one room, for cleaning. */
  turnaroundMinutes: z.int().min(0).max(240),
  /** When somebody said that the recovery sheet is on paper; null: not yet. */
  recoverySheetOn: plainDay.nullable(),
});
/** As they are kept; older studios know of fewer. */
export const studioSettings = settingsGiven.extend({
  retentionYears: settingsGiven.shape.retentionYears.default(10),
  recoverySheetOn: settingsGiven.shape.recoverySheetOn.default(null),
});
export type StudioSettings = z.infer<typeof studioSettings>;

const location = z.object({
  id,
  name: line(120),
  timeZone: line(60),
  address: text(400),
  opening,
  active: z.boolean(),
});
const room = z.object({ id, locationId: id, name: line(120), active: z.boolean() });
const certificate = z.object({
  id,
  skill: z.enum(['smp', ...SKILLS]),
  title: line(200),
  issuer: line(200),
  number: text(100),
  issuedOn: plainDay,
  expiresOn: plainDay,
  hasProof: z.boolean(),
});
const practitioner = z.object({
  id,
  locationId: id,
  accountId: id.nullable(),
  name: line(120),
  skills: z.array(skill),
  hours: z.object({ weekly }),
  maxMinutesADay: z.int().min(30).max(1440),
  slug: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,60}$/)
    .describe('2 to 61 small letters, digits and hyphens')
    .nullable(),
  biography: text(4000),
  active: z.boolean(),
});
const practitionerCard = practitioner.extend({
  certificates: z.array(certificate),
  /** Skills that may be booked today, and why the others may not. */
  bookable: z.array(z.object({ skill, isBookable: z.boolean(), why: z.string() })),
});
const absence = z.object({ id, practitionerId: id, start: instant, end: instant, reason: text(200) });

export const settings = {
  studio: route(read)
    .route({ method: 'GET', path: '/studio' })
    .output(
      z.object({
        id,
        name: z.string(),
        timeZone: z.string(),
        currency,
        isDemo: z.boolean(),
        settings: studioSettings,
        locations: z.array(location),
        rooms: z.array(room),
        practitioners: z.array(practitionerCard),
      }),
    ),
  changeStudio: route(write)
    .route({ method: 'PATCH', path: '/studio' })
    .input(
      z.object({
        name: line(120).optional(),
        timeZone: line(60).optional(),
        currency: currency.optional(),
        settings: settingsGiven.partial().optional(),
      }),
    )
    .output(done),
  removeDemo: route({ who: OWNER, scope: null })
    .route({ method: 'POST', path: '/studio/remove-demo', summary: 'Deletes the demo studio and everything in it.' })
    .output(done),

  createLocation: route(write)
    .route({ method: 'POST', path: '/locations' })
    .input(location.omit({ id: true, active: true }))
    .output(idOnly),
  changeLocation: route(write)
    .route({ method: 'PATCH', path: '/locations/{id}' })
    .input(location.partial().required({ id: true }))
    .output(done),
  createRoom: route(write)
    .route({ method: 'POST', path: '/rooms' })
    .input(room.omit({ id: true, active: true }))
    .output(idOnly),
  changeRoom: route(write)
    .route({ method: 'PATCH', path: '/rooms/{id}' })
    .input(room.partial().required({ id: true }))
    .output(done),

  createPractitioner: route(write)
    .route({ method: 'POST', path: '/practitioners' })
    .input(practitioner.omit({ id: true, active: true, accountId: true }))
    .output(idOnly),
  changePractitioner: route(write)
    .route({ method: 'PATCH', path: '/practitioners/{id}' })
    .input(practitioner.partial().required({ id: true }))
    .output(done),
  addCertificate: route(write)
    .route({ method: 'POST', path: '/practitioners/{practitionerId}/certificates' })
    .input(
      certificate.omit({ id: true, hasProof: true }).extend({
        practitionerId: id,
        /** PDF, JPEG or PNG. */
        proof: z.file().max(10_000_000).optional(),
      }),
    )
    .output(idOnly),
  removeCertificate: route(write)
    .route({ method: 'DELETE', path: '/certificates/{id}' })
    .input(z.object({ id }))
    .output(done),
  certificateProof: route(read)
    .route({ method: 'GET', path: '/certificates/{id}/proof' })
    .input(z.object({ id }))
    .output(z.file()),

  absences: route(read)
    .route({ method: 'GET', path: '/absences' })
    .input(z.object({ from: instant, to: instant }))
    .output(z.object({ items: z.array(absence) })),
  addAbsence: route({ who: STAFF, scope: 'studio:write' })
    .route({ method: 'POST', path: '/absences', summary: 'Lists the appointments that now stand in it.' })
    .input(absence.omit({ id: true }))
    .output(z.object({ id, appointmentsInTheWay: z.array(id) })),
  removeAbsence: route({ who: STAFF, scope: 'studio:write' })
    .route({ method: 'DELETE', path: '/absences/{id}' })
    .input(z.object({ id }))
    .output(done),

  library: route({ who: EVERYBODY, scope: 'studio:read' })
    .route({
      method: 'GET',
      path: '/libraries/{kind}',
      summary: 'A list of the studio, in its newest or a named version.',
    })
    .input(
      z.object({
        kind: z.enum(['prices', 'pigments', 'texts']),
        version: z.coerce.number().pipe(version).optional(),
      }),
    )
    .output(z.object({ version: z.int().nonnegative(), content: z.unknown(), createdAt: instant.nullable() })),
  changeLibrary: route(write)
    .route({ method: 'PUT', path: '/libraries/{kind}', summary: 'Writes the next version; old ones stay.' })
    .input(
      z.object({
        kind: z.enum(['prices', 'pigments', 'texts']),
        basedOn: z.int().nonnegative().max(MOST_COUNTED),
        content: z.unknown(),
      }),
    )
    .output(z.object({ version: z.int().positive() })),

  publicStudio: route({ who: 'anyone', scope: null })
    .route({ method: 'GET', path: '/public/{studioId}', summary: 'Whose the form for enquiries is.' })
    .input(z.object({ studioId: id }))
    .output(z.object({ name: z.string() })),
  providerPage: route({ who: 'anyone', scope: null })
    .route({ method: 'GET', path: '/public/{studioId}/practitioners/{slug}', summary: 'What anybody may check.' })
    .input(
      z.object({
        studioId: id,
        slug: z
          .string()
          .max(62)
          .regex(/^[a-z0-9-]*$/),
      }),
    )
    .output(
      z.object({
        studioName: z.string(),
        name: z.string(),
        biography: z.string(),
        skills: z.array(skill),
        certificates: z.array(
          certificate.omit({ id: true, hasProof: true }).extend({ isValid: z.boolean(), hasProof: z.boolean() }),
        ),
        asOf: plainDay,
      }),
    ),
};
