/** What stands in the way of a date, as the code of a refusal and in words. */
import type { Blocker, BlockerCode } from '@stipple/core/course/blockers.ts';
import type { RefusalCode } from '@stipple/core/units/refusal.ts';

const WORDS: Readonly<Record<BlockerCode, readonly [code: RefusalCode, words: string]>> = {
  'not-healed': ['too-soon', 'the skin has not healed'],
  floor: ['too-soon', 'another session is within 7 days'],
  'out-of-order': ['input-wrong', 'it would come before an earlier session of the course'],
  'black-out': ['client-away', 'the client keeps these days free'],
  'not-finished-in-time': ['client-away', 'the course would not be finished in time'],
  'skill-missing': ['certificate-expired', 'the practitioner does not do this work'],
  'certificate-missing': ['certificate-expired', 'there is no certificate'],
  'certificate-unproven': ['certificate-expired', 'the certificate has no proof on file'],
  'certificate-expired': ['certificate-expired', 'the certificate has expired by then'],
  'certificate-not-yet': ['certificate-expired', 'the certificate does not hold yet'],
  'short-notice': ['input-wrong', 'it is too late to book that'],
  'studio-closed': ['outside-hours', 'the location is closed'],
  'client-hours': ['client-away', 'it does not suit the client'],
  'client-busy': ['client-busy', 'the client has another appointment'],
  'practitioner-off': ['outside-hours', 'the practitioner does not work then'],
  'practitioner-absent': ['outside-hours', 'the practitioner is absent'],
  'practitioner-busy': ['practitioner-busy', 'the practitioner has another appointment'],
  'practitioner-full': ['practitioner-busy', "the practitioner's day is full"],
  'equipment-missing': ['room-busy', 'no room has what is needed'],
  'room-closed': ['outside-hours', 'the room is closed'],
  'room-busy': ['room-busy', 'the room is taken, or being cleaned'],
  'start-unusual': ['outside-hours', 'it has to start on a whole minute and end on the same day'],
};

export const wordsFor = ({ code }: Pick<Blocker, 'code'>): string => WORDS[code][1];
export const refusalFor = ({ code }: Pick<Blocker, 'code'>): RefusalCode => WORDS[code][0];
