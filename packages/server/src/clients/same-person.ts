/**
 * Who may be the same person twice: by address, by number, or by name and birthday.
 *
 * An e-mail address or a phone number in common is enough; a name only together with a birthday, or when one of the
 * records has neither address nor number. Numbers are compared in international form where it can be told, else by
 * their last nine digits. Families share numbers: so this names candidates and never merges.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

export interface PersonTraits {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly bornOn: string | null;
}

export interface SamePersonGroup {
  readonly why: string;
  readonly ids: readonly string[];
}

/** A name without case, accents, punctuation and order of its words. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ');

/** Digits by which two spellings of one number are equal; null for what is no number. */
export function plainPhone(phone: string): string | null {
  const parsed = parsePhoneNumberFromString(phone);
  const digits = parsed ? parsed.nationalNumber : phone.replace(/\D/g, '');
  return digits.length < 6 ? null : digits.slice(-9);
}

/** Keys under which two records meet, each with the words for why. */
function traitsOf({ name, email, phone, bornOn }: Omit<PersonTraits, 'id'>): [key: string, why: string][] {
  const number = phone === null ? null : plainPhone(phone);
  const keys: [string, string][] = [];
  if (email) keys.push([`email ${email.toLowerCase()}`, 'the same e-mail address']);
  if (number) keys.push([`phone ${number}`, 'the same phone number']);
  if (bornOn) keys.push([`born ${bornOn} ${plainName(name)}`, 'the same name and birthday']);
  return keys;
}

export interface PersonFinder {
  /** Those known who may be this person. */
  mayBe(person: Omit<PersonTraits, 'id'>): PersonTraits[];
  add(person: PersonTraits): void;
}

/** Looks each person up by traits, not by going through everybody: an import asks as often as it has rows. */
export function personFinder(people: readonly PersonTraits[]): PersonFinder {
  const byTrait = new Map<string, Set<PersonTraits>>();
  const file = (key: string, person: PersonTraits): void => {
    const filed = byTrait.get(key);
    if (filed) filed.add(person);
    else byTrait.set(key, new Set([person]));
  };
  const add = (person: PersonTraits): void => {
    for (const [key] of traitsOf(person)) file(key, person);
    file(`name ${plainName(person.name)}`, person);
  };
  people.forEach(add);
  return {
    add,
    mayBe: (person) => {
      const found = traitsOf(person).flatMap(([key]) => [...(byTrait.get(key) ?? [])]);
      const namesakes = [...(byTrait.get(`name ${plainName(person.name)}`) ?? [])];
      return [...new Set([...found, ...namesakes.filter((other) => isNameOnly(person) || isNameOnly(other))])];
    },
  };
}

const isNameOnly = ({ email, phone }: Omit<PersonTraits, 'id'>): boolean => !email && !phone;

/** Groups of two and more, each with its reason; a pair that meets twice is named once. */
export function samePersonGroups(people: readonly PersonTraits[]): SamePersonGroup[] {
  const byTrait = new Map<string, { why: string; ids: string[] }>();
  const add = (key: string, why: string, id: string): void => {
    const group = byTrait.get(key);
    if (group) group.ids.push(id);
    else byTrait.set(key, { why, ids: [id] });
  };
  const nameOnly = new Set(people.filter(isNameOnly).map(({ name }) => plainName(name)));
  for (const person of people) {
    for (const [key, why] of traitsOf(person)) add(key, why, person.id);
    const name = plainName(person.name);
    if (nameOnly.has(name)) add(`name ${name}`, 'the same name', person.id);
  }
  const seen = new Set<string>();
  return [...byTrait.values()].filter(({ ids }) => {
    const signature = ids.join();
    if (ids.length < 2 || seen.has(signature)) return false;
    seen.add(signature);
    return true;
  });
}
