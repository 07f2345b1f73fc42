/**
 * The name of the place of everything that is sealed with a client's or the studio's key: it is authenticated, so that
 * sealed bytes cannot be moved to another row (keys/seal.ts). And which key opens it:
 *
 * - 'care' of the client: profile, plan versions, notes of appointments, and account and messages of a client;
 * - 'legal' of the client: screenings, the contact for recalls;
 * - the studio's own: accounts of staff, messages to staff, TOTP secrets.
 */
export const sealedPlaces = {
  profile: (studioId: string, clientId: string): string => `clients/${studioId}/${clientId}`,
  recallContact: (studioId: string, clientId: string): string => `recall/${studioId}/${clientId}`,
  planVersion: (studioId: string, planId: string, n: number): string => `plans/${studioId}/${planId}/${n}`,
  appointment: (studioId: string, id: string): string => `appointments/${studioId}/${id}`,
  screening: (studioId: string, id: string): string => `screenings/${studioId}/${id}`,
  account: (studioId: string, id: string): string => `accounts/${studioId}/${id}`,
  totp: (studioId: string, accountId: string): string => `totp/${studioId}/${accountId}`,
  message: (studioId: string, id: string): string => `messages/${studioId}/${id}`,
};
