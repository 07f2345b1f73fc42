/** What anybody may see of a studio: its name, and of a practitioner skills, certificates and whether they hold today. */
import { api } from '../request/implementer.ts';
import { limitTries } from '../request/limit-tries.ts';
import { todayIn } from '../request/zone-of.ts';
import { refused } from '../request/refused.ts';
import { type Skill, certificateWire } from './practitioner-card.ts';

const LOOKS = { what: 'public pages from an address', most: 120, perMinutes: 5 };

export const providerPageHandlers = {
  publicStudio: api.publicStudio.handler(async ({ context }) => {
    const { storage, address, now, inStudio, studioId } = context;
    await limitTries(storage, LOOKS, address, now());
    const studio = await inStudio((tx) =>
      tx.selectFrom('studios').select('name').where('id', '=', studioId).executeTakeFirst(),
    );
    if (!studio) throw refused('not-found');
    return studio;
  }),

  providerPage: api.providerPage.handler(async ({ input: { slug }, context }) => {
    const { storage, address, now, inStudio, studioId } = context;
    await limitTries(storage, LOOKS, address, now());
    return inStudio(async (tx) => {
      const row = await tx
        .selectFrom('practitioners')
        .innerJoin('studios', 'studios.id', 'practitioners.studioId')
        .innerJoin('locations', (join) =>
          join
            .onRef('locations.studioId', '=', 'practitioners.studioId')
            .onRef('locations.id', '=', 'practitioners.locationId'),
        )
        .select(['practitioners.id', 'practitioners.name', 'practitioners.biography', 'practitioners.skills'])
        .select(['studios.name as studioName', 'locations.timeZone'])
        .where('practitioners.studioId', '=', studioId)
        .where('practitioners.slug', '=', slug)
        .where('practitioners.active', '=', true)
        .executeTakeFirst();
      if (!row) throw refused('not-found');
      const certificates = await tx
        .selectFrom('certificates')
        .selectAll()
        .where('studioId', '=', studioId)
        .where('practitionerId', '=', row.id)
        .orderBy('expiresOn', 'desc')
        .execute();
      const asOf = todayIn(row.timeZone, now());
      return {
        studioName: row.studioName,
        name: row.name,
        biography: row.biography,
        skills: row.skills as Skill[],
        certificates: certificates.map((of) => ({
          ...certificateWire(of),
          isValid: of.issuedOn <= asOf && asOf <= of.expiresOn,
        })),
        asOf,
      };
    });
  }),
};
