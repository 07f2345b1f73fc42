/** Screening: the questions, the answers with what they lead to, the doctor's note, the letter to a doctor. */
import type { Transaction } from 'kysely';
import { referralLetter, type ReferralLetter } from '@stipple/core/screening/referral-letter.ts';
import {
  questionnaireOf,
  screenClient,
  SCREENING_VERSION,
  type Answers,
  type Screening,
} from '@stipple/core/screening/screen-client.ts';
import { writePaper } from '@stipple/files/exports/write-paper.ts';
import { audited } from '../request/audited.ts';
import { api, assertOwn } from '../request/implementer.ts';
import { paperTypeOf } from '../request/paper-type-of.ts';
import { refused } from '../request/refused.ts';
import { accountOf, type StudioContext } from '../request/request-context.ts';
import { todayIn } from '../request/zone-of.ts';
import { openJson, sealJson } from '../storage/keys/seal.ts';
import { sealedPlaces } from '../storage/sealed-places.ts';
import type { Tables } from '../storage/tables.ts';
import { legalKeyOf, readClient } from './client-record.ts';
import { endingOf } from './ending-of.ts';

interface KeptScreening {
  readonly answers: Answers;
  readonly screening: Screening;
}

interface ScreeningRow {
  readonly id: string;
  readonly clientId: string;
  readonly sealed: Buffer;
  readonly takenAt: Date;
  readonly noteObjectId: string | null;
  readonly noteVerdict: string | null;
  readonly noteWaitUntil: string | null;
}

const wireOf = ({ id, takenAt, noteVerdict, noteWaitUntil }: ScreeningRow, { answers, screening }: KeptScreening) => ({
  id,
  takenAt: takenAt.toISOString(),
  askedVersion: screening.version,
  answers: { ...answers },
  outcome: screening.outcome,
  deferUntil: screening.deferUntil,
  findings: screening.findings.map(({ code, outcome, text, until }) => ({ code, outcome, text, until })),
  note: noteVerdict === null ? null : { verdict: noteVerdict as 'yes' | 'wait' | 'no', waitUntil: noteWaitUntil },
});

async function opened(
  tx: Transaction<Tables>,
  { studioId, storage }: StudioContext,
  row: ScreeningRow,
): Promise<KeptScreening> {
  const key = await storage.keys.get(tx, legalKeyOf(studioId, row.clientId));
  return openJson(key.bytes, sealedPlaces.screening(studioId, row.id), row.sealed) as KeptScreening;
}

const select = (tx: Transaction<Tables>, studioId: string) =>
  tx
    .selectFrom('screenings')
    .select(['id', 'clientId', 'sealed', 'takenAt', 'noteObjectId', 'noteVerdict', 'noteWaitUntil'])
    .where('studioId', '=', studioId);

/** The screening, when it is the caller's to see. */
async function readScreening(tx: Transaction<Tables>, context: StudioContext, id: string): Promise<ScreeningRow> {
  const row = await select(tx, context.studioId).where('id', '=', id).executeTakeFirst();
  if (!row) throw refused('not-found');
  assertOwn(context, row.clientId);
  await assertMayRead(tx, context, row.clientId);
  return row;
}

/** Of an erased client only the owner reads what the law wants kept, as proof of what was asked and agreed to. */
async function assertMayRead(tx: Transaction<Tables>, context: StudioContext, clientId: string): Promise<void> {
  const { status } = await readClient(tx, context, clientId);
  const isOwner = context.caller.kind === 'account' && context.caller.role === 'owner';
  if (status === 'erased' && !isOwner) throw refused('not-in-this-state', status);
}

/** Forms may send what a box is, true or false, for the yes and no of a question. */
const answersOf = (given: Answers): Answers =>
  Object.fromEntries(
    Object.entries(given).map(([id, answer]) => [id, answer === true ? 'yes' : answer === false ? 'no' : answer]),
  );

async function studioLines(
  tx: Transaction<Tables>,
  studioId: string,
): Promise<{ name: string; lines: string[]; timeZone: string }> {
  const { name, timeZone } = await tx
    .selectFrom('studios')
    .select(['name', 'timeZone'])
    .where('id', '=', studioId)
    .executeTakeFirstOrThrow();
  const location = await tx
    .selectFrom('locations')
    .select('address')
    .where('studioId', '=', studioId)
    .orderBy('id')
    .executeTakeFirst();
  return { name, timeZone, lines: (location?.address ?? '').split('\n').filter(Boolean) };
}

const paperOf = (letter: ReferralLetter) =>
  writePaper({
    language: 'en',
    title: `Letter for ${letter.subject}`,
    senderLines: letter.senderLines,
    dayLine: letter.day,
    subject: letter.subject,
    blocks: [
      { kind: 'paragraph', text: letter.salutation },
      ...letter.paragraphs.map((text) => ({ kind: 'paragraph' as const, text })),
      { kind: 'list', items: letter.answers },
      { kind: 'questions', items: letter.requests },
      { kind: 'paragraph', text: letter.closing },
    ],
    signatures: ['For the studio', 'Doctor, date and stamp'],
  });

export const screeningHandlers = {
  questions: api.questions.handler(() => {
    const { version, questions } = questionnaireOf();
    return {
      version,
      questions: questions.map(({ id, text, help, kind, choices, when }) => ({
        id,
        text,
        help,
        kind,
        choices: choices.map((choice) => ({ ...choice })),
        when: when && { ...when },
      })),
    };
  }),

  screen: api.screen.handler(({ input: { clientId, askedVersion, answers: given }, context }) => {
    assertOwn(context, clientId);
    if (askedVersion !== SCREENING_VERSION) {
      throw refused('changed-meanwhile', `questions of version ${askedVersion}, asked today is ${SCREENING_VERSION}`);
    }
    return context.inStudio(async (tx) => {
      const { studioId, storage, newId, now, caller } = context;
      const { status } = await readClient(tx, context, clientId);
      if (status === 'erased' || status === 'merged') throw refused('not-in-this-state', status);
      const { timeZone } = await studioLines(tx, studioId);
      const answers = answersOf(given);
      const screening = screenClient(answers, todayIn(timeZone, now()), askedVersion);
      const { outcome, deferUntil, findings } = screening;
      const key = await storage.keys.get(tx, legalKeyOf(studioId, clientId));
      const id = newId();
      const kept: KeptScreening = { answers, screening };
      const row = {
        id,
        clientId,
        sealed: sealJson(key.bytes, sealedPlaces.screening(studioId, id), kept),
        takenAt: now(),
      };
      await tx
        .insertInto('screenings')
        .values({
          studioId,
          ...row,
          askedVersion,
          outcome,
          deferUntil: outcome === 'defer' ? deferUntil : null,
          needsNote: findings.some((of) => of.outcome === 'note'),
          takenBy: accountOf(caller),
          byClient: caller.kind === 'account' && caller.role === 'client',
        })
        .execute();
      await audited(tx, context, 'screening.take', { kind: 'screening', id }, { clientId, askedVersion, outcome });
      return wireOf({ ...row, noteObjectId: null, noteVerdict: null, noteWaitUntil: null }, kept);
    });
  }),

  screenings: api.screenings.handler(({ input: { clientId }, context }) => {
    assertOwn(context, clientId);
    return context.inStudio(async (tx) => {
      await assertMayRead(tx, context, clientId);
      const rows = await select(tx, context.studioId)
        .where('clientId', '=', clientId)
        .orderBy('takenAt', 'desc')
        .orderBy('id', 'desc')
        .execute();
      const items = [];
      for (const row of rows) items.push(wireOf(row, await opened(tx, context, row)));
      return { items };
    });
  }),

  addDoctorsNote: api.addDoctorsNote.handler(async ({ input: { id, file, verdict, waitUntil = null }, context }) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const mediaType = paperTypeOf(bytes);
    return context.inStudio(async (tx) => {
      const { studioId, storage, newId, now } = context;
      const { clientId, noteObjectId } = await readScreening(tx, context, id);
      const key = await storage.keys.get(tx, legalKeyOf(studioId, clientId));
      const objectId = newId();
      await storage.files.put(tx, key, { studioId, id: objectId, mediaType, bytes, at: now() });
      await tx
        .updateTable('screenings')
        .set({ noteObjectId: objectId, noteVerdict: verdict, noteWaitUntil: waitUntil })
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .execute();
      if (noteObjectId) await storage.files.delete(tx, studioId, noteObjectId, now());
      await audited(tx, context, 'screening.note', { kind: 'screening', id }, { clientId, verdict, waitUntil });
      return { ok: true as const };
    });
  }),

  doctorsNote: api.doctorsNote.handler(({ input: { id }, context }) =>
    context.inStudio(async (tx) => {
      const { noteObjectId } = await readScreening(tx, context, id);
      const note = noteObjectId ? await context.storage.files.get(tx, context.studioId, noteObjectId) : null;
      if (!note) throw refused('not-found');
      const { mediaType } = note;
      return new File([new Uint8Array(note.bytes)], `note.${endingOf(mediaType)}`, { type: mediaType });
    }),
  ),

  referralLetter: api.referralLetter.handler(({ input: { id }, context }) =>
    context.inStudio(async (tx) => {
      const row = await readScreening(tx, context, id);
      const { answers, screening } = await opened(tx, context, row);
      const { profile } = await readClient(tx, context, row.clientId);
      const { name, lines, timeZone } = await studioLines(tx, context.studioId);
      const letter = referralLetter(screening, answers, {
        clientName: profile.name,
        clientBornOn: profile.bornOn,
        studioName: name,
        studioLines: lines,
        day: todayIn(timeZone, context.now()),
      });
      if (!letter) throw refused('not-in-this-state', 'this screening asks for no doctor');
      return new File([paperOf(letter)], 'letter.html', { type: 'text/html' });
    }),
  ),
};
