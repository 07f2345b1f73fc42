import type { Answers } from '../../api/api.ts';

export type Client = Answers['client'];
export type ClientLine = Answers['clients']['items'][number];
export type Screening = Answers['screenings']['items'][number];
export type Plan = Answers['plans']['items'][number];
export type Quote = Answers['quotes']['items'][number];

export const CLIENT_STATUS_WORDS: Readonly<Record<ClientLine['status'], string>> = {
  enquiry: 'Enquiry',
  active: 'Client',
  archived: 'Archived',
  merged: 'Merged',
  erased: 'Erased',
};
