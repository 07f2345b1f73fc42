/**
 * What a course is planned against: one location's people, rooms and hours, and one client's times. Plain data that a
 * shell reads from its tables; busy times are instants, habits are hours of the local day.
 */
import type { Interval } from '../calendar/intervals.ts';
import type { OpeningHours } from '../calendar/opening-hours.ts';
import type { ZoneRules } from '../calendar/zone-rules.ts';
import type { BlackOut } from './black-out.ts';
import type { Visit } from './floor.ts';
import type { Qualified, SkillNeed } from './is-bookable.ts';

export interface WorldPractitioner extends Qualified {
  readonly id: string;
  readonly hours: OpeningHours;
  readonly absences: readonly Interval[];
  /** Appointments of any client, and blocked times. */
  readonly busy: readonly Interval[];
  /** No local day holds more minutes of appointments than this; null: no limit. */
  readonly mostMinutesADay: number | null;
}

export interface WorldRoom {
  readonly id: string;
  /** Null: whenever the studio is open. */
  readonly hours: OpeningHours | null;
  readonly equipment: readonly string[];
  readonly busy: readonly Interval[];
}

export interface StudioWorld {
  readonly zone: ZoneRules;
  readonly opening: OpeningHours;
  /** In the order in which they are preferred when nothing else decides. */
  readonly practitioners: readonly WorldPractitioner[];
  readonly rooms: readonly WorldRoom[];
  /** Sessions start at local times that are a multiple of this; it divides a day. */
  readonly startStepMinutes: number;
}

export interface ClientTimes {
  /** When the client can come; null: whenever the studio is open. */
  readonly hours: OpeningHours | null;
  /** Other appointments of the client. */
  readonly busy: readonly Interval[];
  /** Everything booked or done with pigment or without, other courses included: the floor looks at it. */
  readonly visits: readonly Visit[];
  readonly blackOuts: readonly BlackOut[];
}

export interface SessionNeeds {
  readonly skills: readonly SkillNeed[];
  /** What the room must have. */
  readonly equipment: readonly string[];
}

/** A place in the book. */
export interface Slot extends Interval {
  readonly practitionerId: string;
  readonly roomId: string;
}
