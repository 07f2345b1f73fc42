/** Whether a client may have sessions, by the latest screening; what it found; and the work that somebody may be booked for. */
import { SKILLS } from '@stipple/files/wire/settings.ts';
import { isBookable } from '@stipple/core/course/is-bookable.ts';
import { api, assertOwn } from '../request/implementer.ts';
import { gateFor } from './screening-gate.ts';
import { readSituation } from './read-situation.ts';
import { studioWorldOf } from './studio-world-of.ts';

export const bookableSkills = api.bookableSkills.handler(({ input: { clientId }, context }) => {
  assertOwn(context, clientId);
  return context.inStudio(async (tx) => {
    const { studioId, now } = context;
    const locations = await tx
      .selectFrom('locations')
      .select('id')
      .where('studioId', '=', studioId)
      .where('active', '=', true)
      .execute();
    const skills = new Set<(typeof SKILLS)[number]>();
    let today = now().toISOString().slice(0, 10);
    for (const { id: locationId } of locations) {
      const situation = await readSituation(tx, { studioId, locationId, clientId, now: now(), days: [today] });
      today = situation.today;
      for (const skill of SKILLS) {
        const { practitioners } = studioWorldOf(situation, { need: { skill } });
        if (practitioners.some((of) => isBookable(of, { skill, needsCertificate: true }, today).kind === 'ok')) {
          skills.add(skill);
        }
      }
    }
    const gate = await gateFor(tx, studioId, clientId, today);
    const reasons = gate.isOpen
      ? []
      : [
          {
            code: 'screening',
            outcome: gate.from ? ('defer' as const) : ('stop' as const),
            text: gate.why,
            until: gate.from,
          },
        ];
    return {
      mayBook: gate.isOpen,
      earliest: gate.isOpen ? today : gate.from,
      reasons,
      skills: SKILLS.filter((skill) => skills.has(skill)),
    };
  });
});
