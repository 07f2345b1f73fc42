import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Answers } from '../../api/api.ts';

export type Me = Answers['me'];
export type Studio = Answers['studio'];
export type Practitioner = Studio['practitioners'][number];
export type Location = Studio['locations'][number];

/** Who is signed in, and the studio that all screens of its staff show. */
export interface Session {
  readonly me: Me;
  readonly studio: Studio;
  /** After the studio's places, people or lists have changed. */
  readonly reloadStudio: () => void;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('screens of the studio stand inside its session');
  return session;
}

export const isManager = ({ role }: Me): boolean => role === 'owner' || role === 'manager';

/** The zone of a location, or the studio's own for what happens at none. */
export const zoneIn = (studio: Studio, locationId: string | null): string =>
  studio.locations.find(({ id }) => id === locationId)?.timeZone ?? studio.timeZone;

export const nameIn = (list: readonly { readonly id: string; readonly name: string }[], id: string | null): string =>
  list.find((item) => item.id === id)?.name ?? '';

/** Names of roles and skills, as people say them. */
export const ROLE_WORDS: Readonly<Record<Me['role'], string>> = {
  owner: 'Owner',
  manager: 'Manager',
  practitioner: 'Practitioner',
  'front-desk': 'Front desk',
  client: 'Client',
};

export type Skill = Practitioner['skills'][number];
export const SKILL_WORDS: Readonly<Record<Skill, string>> = {
  shaved: 'Shaved look',
  density: 'Density',
  scars: 'Scars',
  patches: 'Patches',
};
