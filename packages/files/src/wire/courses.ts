/** Courses proposed, booked, moved and cancelled as one object; single appointments; the calendar and its feeds. */
import * as z from 'zod';
import { SESSION_MINUTES } from '@stipple/core/course/minutes-of-plan.ts';
import { MOST_SESSIONS } from '@stipple/core/course/wanted-sessions.ts';
import { skill } from './settings.ts';
import { done, id, instant, line, minuteOfDay, plainDay, route, STAFF, text, version } from './route.ts';

const read = { who: STAFF, scope: 'courses:read' } as const;
const write = { who: STAFF, scope: 'courses:write' } as const;
const readOwn = { who: [...STAFF, 'client'], scope: 'courses:read' } as const;
const writeOwn = { who: [...STAFF, 'client'], scope: 'courses:write' } as const;

export const APPOINTMENT_KINDS = ['consultation', 'session', 'touch-up', 'review'] as const;
export const APPOINTMENT_STATUSES = ['booked', 'in-progress', 'interrupted', 'done', 'cancelled', 'missed'] as const;

const blackOut = z
  .object({
    firstDay: plainDay,
    lastDay: plainDay,
    /** What it is decides what must keep away from it: a swimming holiday needs healed skin, a wedding a settled look. */
    kind: z.enum(['away', 'swimming', 'sun', 'wedding']),
  })
  .refine((of) => of.firstDay <= of.lastDay, 'ends before it begins');

const placed = z.object({
  n: z.int().positive(),
  start: instant,
  end: instant,
  day: plainDay,
  practitionerId: id,
  roomId: id,
});
/** Why a date is what it is; `code` is stable, `text` for people. */
const because = z.object({ code: z.string(), text: z.string(), days: z.int().optional() });
const proposal = z.object({ sessions: z.array(placed), cost: z.number(), why: z.array(because) });
const relaxation = z.object({ code: z.string(), text: z.string(), firstStart: instant.nullable() });
export const proposals = z.object({
  proposals: z.array(proposal),
  /** Only when there is no proposal: what to give up, and what that would allow. */
  relax: z.array(relaxation),
});

const sessionNumber = z.int().min(1).max(MOST_SESSIONS);
const sessionCount = z.int().min(2).max(MOST_SESSIONS);
const sessionMinutes = z.int().min(SESSION_MINUTES.least).max(SESSION_MINUTES.most);
const gapOverride = z.object({ name: line(120), reason: line(500) });
/** As the summary of a plan names them: 'crown', 'temple-l'. */
const zones = z
  .array(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
      .describe('the name of a zone, as in temple-l'),
  )
  .max(40)
  .default([]);
const choice = z.object({ n: sessionNumber, start: instant, practitionerId: id, roomId: id });

export const appointment = z.object({
  id,
  clientId: id,
  /** Null for who may not see it. */
  clientName: z.string().nullable(),
  courseId: id.nullable(),
  kind: z.enum(APPOINTMENT_KINDS),
  n: z.int().nullable(),
  status: z.enum(APPOINTMENT_STATUSES),
  locationId: id,
  practitionerId: id,
  roomId: id.nullable(),
  byVideo: z.boolean(),
  start: instant,
  end: instant,
  firstDay: plainDay,
  lastDay: plainDay,
  isFact: z.boolean(),
  flags: z.array(z.string()),
  gapOverride: gapOverride.nullable(),
  note: z.string(),
  version,
});
const course = z.object({
  id,
  clientId: id,
  quoteId: id.nullable(),
  skill,
  sessions: z.int(),
  reason: z.string(),
  gapsDays: z.array(z.int()),
  minutes: z.array(z.int()),
  blackOuts: z.array(blackOut),
  status: z.enum(['open', 'paused', 'done', 'cancelled']),
  version,
  createdAt: instant,
  appointments: z.array(appointment),
});

const wish = {
  skill,
  sessions: sessionCount,
  /** Needed for 2 sessions and for more than 4. */
  reason: text(500).default(''),
  /** Preferred gaps; the studio's own when absent. */
  gapsDays: z
    .array(z.int())
    .max(MOST_SESSIONS - 1)
    .optional(),
  /** Minutes of each session; when absent what the plan of the quote says, without one four and a half hours. */
  minutes: z.array(sessionMinutes).max(MOST_SESSIONS).optional(),
  blackOuts: z.array(blackOut).max(40).default([]),
  /** Weekdays (1 Monday to 7) and minutes of the day that suit the client. */
  suits: z
    .array(
      z
        .object({ weekday: z.int().min(1).max(7), from: minuteOfDay, to: minuteOfDay })
        .refine((of) => of.from < of.to, 'ends before it begins'),
    )
    .max(20)
    .optional(),
};

export const courses = {
  proposeCourse: route(writeOwn)
    .route({
      method: 'POST',
      path: '/courses/propose',
      summary: 'The whole course on the best few sets of dates, with why.',
    })
    .input(
      z.object({
        clientId: id,
        locationId: id,
        quoteId: id.optional(),
        ...wish,
        earliest: plainDay.optional(),
        practitionerId: id.optional(),
        most: z.int().min(1).max(10).default(4),
      }),
    )
    .output(proposals),
  bookCourse: route(writeOwn)
    .route({ method: 'POST', path: '/courses', summary: 'All of its sessions or none; a refusal brings other dates.' })
    .input(
      z.object({
        clientId: id,
        locationId: id,
        quoteId: id.optional(),
        ...wish,
        choices: z.array(choice).min(1).max(MOST_SESSIONS),
        gapOverride: gapOverride.optional(),
      }),
    )
    .output(course),
  course: route(readOwn).route({ method: 'GET', path: '/courses/{id}' }).input(z.object({ id })).output(course),
  clientCourses: route(readOwn)
    .route({ method: 'GET', path: '/clients/{clientId}/courses' })
    .input(z.object({ clientId: id }))
    .output(
      z.object({
        items: z.array(course),
        others: z.array(appointment),
        /** Where the studio works, and with whom these are, for who may not see the studio's lists. */
        places: z.array(z.object({ id, name: z.string(), address: z.string(), timeZone: z.string() })),
        practitioners: z.array(z.object({ id, name: z.string() })),
      }),
    ),
  proposeMove: route(readOwn)
    .route({
      method: 'POST',
      path: '/appointments/{id}/propose-move',
      summary: 'Where it could go, with the later sessions re-proposed.',
    })
    .input(z.object({ id, start: instant.optional(), earliest: plainDay.optional(), practitionerId: id.optional() }))
    .output(proposals),
  moveAppointment: route(writeOwn)
    .route({
      method: 'POST',
      path: '/appointments/{id}/move',
      summary:
        'This one, and the later ones given with it; all or none. Lengths stay, unless staff give this one an end.',
    })
    .input(
      z.object({
        id,
        version,
        start: instant,
        /** It lasts as long as before, unless staff give another end, 15 minutes to 12 hours after the start. */
        end: instant.optional(),
        practitionerId: id.optional(),
        roomId: id.optional(),
        later: z.array(choice).max(11).default([]),
        gapOverride: gapOverride.optional(),
      }),
    )
    .output(z.object({ moved: z.array(appointment) })),
  changeCourse: route(writeOwn)
    .route({
      method: 'POST',
      path: '/courses/{id}/status',
      summary: 'Cancel, pause (frees what is to come) or resume.',
    })
    .input(z.object({ id, version, status: z.enum(['cancelled', 'paused', 'open']), reason: text(500).default('') }))
    .output(course),
  proposeSessions: route(read)
    .route({
      method: 'POST',
      path: '/courses/{id}/propose-sessions',
      summary: 'Dates for the sessions that a course lacks, or would lack with `sessions` of them.',
    })
    .input(
      z.object({
        id,
        sessions: sessionCount.optional(),
        earliest: plainDay.optional(),
        practitionerId: id.optional(),
      }),
    )
    .output(proposals),
  addSessions: route(write)
    .route({
      method: 'POST',
      path: '/courses/{id}/sessions',
      summary: 'Sessions that a paused, missed or grown course lacks; a refusal brings other dates.',
    })
    .input(
      z.object({
        id,
        version,
        /** The new number of sessions, with a reason past four. */
        sessions: sessionCount.optional(),
        reason: text(500).optional(),
        choices: z.array(choice).min(1).max(MOST_SESSIONS),
        gapOverride: gapOverride.optional(),
      }),
    )
    .output(course),

  bookAppointment: route(writeOwn)
    .route({ method: 'POST', path: '/appointments', summary: 'A consultation, a touch-up or a review.' })
    .input(
      z.object({
        clientId: id,
        courseId: id.optional(),
        kind: z.enum(['consultation', 'touch-up', 'review']),
        locationId: id,
        practitionerId: id,
        roomId: id.optional(),
        byVideo: z.boolean().default(false),
        start: instant,
        minutes: z.int().min(10).max(720),
        note: text(2000).default(''),
      }),
    )
    .output(appointment),
  freeTimes: route(readOwn)
    .route({
      method: 'POST',
      path: '/appointments/free',
      summary: 'Free hours for a consultation, touch-up or review.',
    })
    .input(
      z.object({
        clientId: id,
        kind: z.enum(['consultation', 'touch-up', 'review']),
        locationId: id,
        practitionerId: id.optional(),
        from: plainDay,
        days: z.int().min(1).max(62),
        minutes: z.int().min(10).max(720),
      }),
    )
    .output(
      z.object({
        items: z.array(z.object({ start: instant, end: instant, practitionerId: id, roomId: id.nullable() })),
      }),
    ),
  cancelAppointment: route(writeOwn)
    .route({ method: 'POST', path: '/appointments/{id}/cancel' })
    .input(z.object({ id, version, reason: text(500).default('') }))
    .output(appointment),
  startAppointment: route(write)
    .route({ method: 'POST', path: '/appointments/{id}/start' })
    .input(z.object({ id, version }))
    .output(appointment),
  finishAppointment: route(write)
    .route({ method: 'POST', path: '/appointments/{id}/finish', summary: 'Records when it really was.' })
    .input(z.object({ id, version, start: instant.optional(), end: instant.optional(), note: text(10_000).optional() }))
    .output(appointment),
  interruptAppointment: route(write)
    .route({ method: 'POST', path: '/appointments/{id}/interrupt' })
    .input(
      z.object({
        id,
        version,
        reason: line(500),
        /** Of the plan, that were worked on: the session goes on without them. */
        zones,
      }),
    )
    .output(appointment),
  continueAppointment: route(write)
    .route({
      method: 'POST',
      path: '/appointments/{id}/continue',
      summary: 'Next day, untouched zones only; the last day counts.',
    })
    .input(
      z.object({
        id,
        version,
        start: instant,
        minutes: sessionMinutes,
        reason: line(500),
        /** That it goes on with; needed when it was said which ones were worked on. */
        zones,
      }),
    )
    .output(z.object({ appointment, laterNowTooSoon: z.array(appointment) })),
  missAppointment: route(write)
    .route({ method: 'POST', path: '/appointments/{id}/miss' })
    .input(z.object({ id, version }))
    .output(appointment),
  recordFact: route(write)
    .route({
      method: 'POST',
      path: '/appointments/facts',
      summary: 'What already happened: stored even against a rule, and flagged.',
    })
    .input(
      z.object({
        clientId: id,
        courseId: id.optional(),
        kind: z.enum(APPOINTMENT_KINDS),
        n: sessionNumber.optional(),
        locationId: id,
        practitionerId: id,
        roomId: id,
        start: instant,
        end: instant,
        note: text(10_000).default(''),
      }),
    )
    .output(appointment),

  calendar: route(read)
    .route({ method: 'GET', path: '/calendar', summary: 'All that touches these days, by practitioner and room.' })
    .input(z.object({ locationId: id, from: plainDay, to: plainDay }))
    .output(
      z.object({
        appointments: z.array(appointment),
        absences: z.array(z.object({ id, practitionerId: id, start: instant, end: instant, reason: z.string() })),
        /** When the location is open and each practitioner works, as instants. */
        open: z.array(z.object({ start: instant, end: instant })),
        working: z.array(z.object({ practitionerId: id, start: instant, end: instant })),
      }),
    ),
  feeds: route(readOwn)
    .route({ method: 'GET', path: '/feeds' })
    .output(
      z.object({
        items: z.array(
          z.object({ id, kind: z.enum(['practitioner', 'room', 'client']), subjectId: id, createdAt: instant }),
        ),
      }),
    ),
  createFeed: route(writeOwn)
    .route({
      method: 'POST',
      path: '/feeds',
      summary: 'A secret address that a calendar program can follow; shown once.',
    })
    .input(z.object({ kind: z.enum(['practitioner', 'room', 'client']), subjectId: id }))
    .output(z.object({ id, path: z.string() })),
  removeFeed: route(writeOwn).route({ method: 'DELETE', path: '/feeds/{id}' }).input(z.object({ id })).output(done),
  feed: route({ who: 'anyone', scope: null })
    .route({
      method: 'GET',
      path: '/feeds/{address}',
      summary: 'iCalendar; `address` is the secret. 304 where it has not changed.',
      inputStructure: 'detailed',
      outputStructure: 'detailed',
    })
    .input(
      z.object({
        params: z.object({ address: z.string().max(300) }),
        headers: z
          .object({ 'if-none-match': z.string().optional(), 'if-modified-since': z.string().optional() })
          .optional(),
      }),
    )
    .output(
      z.union([
        z.object({ status: z.literal(200), headers: z.record(z.string(), z.string()), body: z.file() }),
        z.object({ status: z.literal(304), headers: z.record(z.string(), z.string()) }),
      ]),
    ),
  importAbsences: route(write)
    .route({ method: 'POST', path: '/absences/import', summary: "A foreign calendar's busy hours, as absences." })
    .input(z.object({ practitionerId: id, file: z.file().max(10_000_000), commit: z.boolean() }))
    .output(
      z.object({
        events: z.int(),
        created: z.int(),
        removed: z.int(),
        skipped: z.array(z.object({ summary: z.string(), why: z.string() })),
        appointmentsInTheWay: z.array(id),
      }),
    ),
};
