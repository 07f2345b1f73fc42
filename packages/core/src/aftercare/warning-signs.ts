/** What sends a client to a doctor, and what aftercare must say besides the days (facts 5.3). */
export const DOCTOR_SIGNS = [
  'redness that spreads',
  'heat in the treated skin',
  'pus or oozing',
  'blistering or bubbling skin',
  'fever',
] as const;

export const CALL_A_DOCTOR = `Call a doctor, and tell the studio, if you see ${DOCTOR_SIGNS.slice(0, -1).join(', ')} or ${DOCTOR_SIGNS.at(-1)}.`;

/** Medicine is the prescriber's business, before and after. */
export const PRESCRIBED_MEDICINE =
  'Keep taking every medicine a doctor has prescribed. If one affects bleeding or healing, the doctor who prescribed it decides.';

/** Rules differ by country, and by how a studio is regulated. */
export const BLOOD_DONATION =
  'Giving blood: tell the blood service. The United Kingdom asks for 4 months after a tattoo or cosmetic tattoo, the United States for 3 months, or no wait where the studio is state-regulated.';

/** Days are not the last word. */
export const SKIN_OVERRULES_DAYS = 'Scabs or redness that are left overrule every day named here: ask the studio.';
