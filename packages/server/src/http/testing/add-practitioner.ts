import type { TestBrowser } from './test-app.ts';

/** Ada, at work in the studio's first place whenever it is open; with a certificate where skills are named. */
export async function addPractitioner(owner: TestBrowser, skills: readonly string[] = []) {
  const { locations, rooms } = (await owner.get('/studio')).body;
  const [{ id: locationId, opening }] = locations;
  const practitioner = {
    locationId,
    name: 'Ada',
    skills,
    hours: { weekly: opening.weekly },
    maxMinutesADay: 480,
    slug: null,
    biography: '',
  };
  const practitionerId: string = (await owner.post('/practitioners', practitioner)).body.id;
  const certificate = { skill: 'smp', title: 'SMP', issuer: 'Guild', number: '1' };
  const days = { issuedOn: '2025-01-10', expiresOn: '2099-01-10' };
  if (skills.length > 0) await owner.post(`/practitioners/${practitionerId}/certificates`, { ...certificate, ...days });
  return { practitionerId, locationId: locationId as string, roomId: rooms[0].id as string };
}
