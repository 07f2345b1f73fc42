import { ORPCError } from '@orpc/server';
import { bookedStudio } from './booked-studio.ts';

export interface Rush {
  readonly won: number;
  /** Those who were refused the hour and offered other dates. */
  readonly offered: number;
  readonly codes: readonly string[];
  readonly sessions: number;
}

/** So many clients book the same course at the same hours at once, with one practitioner and one room. */
export async function rushFor(clients: number): Promise<Rush> {
  const studio = await bookedStudio({ practitioners: 1, rooms: 1 });
  const ids: string[] = [];
  for (let i = 0; i < clients; i++) ids.push(await studio.addClient());
  const wish = { locationId: studio.locationId, skill: 'shaved' as const, sessions: 3 };
  const { proposals } = await studio.staff.proposeCourse({ clientId: ids[0]!, ...wish });
  const choices = proposals[0]!.sessions.map(({ n, start, practitionerId, roomId }) => ({
    n,
    start,
    practitionerId,
    roomId,
  }));
  const answers = await Promise.allSettled(
    ids.map((clientId) => studio.staff.bookCourse({ clientId, ...wish, choices })),
  );
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
  const known = refusals.filter((reason) => reason instanceof ORPCError);
  return {
    won: answers.length - refusals.length,
    offered: known.filter(({ data }) => data?.data?.proposals?.length > 0).length,
    codes: [...new Set(known.map(({ code }) => code))],
    sessions: (await studio.rows()).length,
  };
}
