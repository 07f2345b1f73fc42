/** The whole API of a studio, as one contract. Paths stand under {@link API_PATH}. */
import { accounts } from './accounts.ts';
import { clients } from './clients.ts';
import { courses } from './courses.ts';
import { plans } from './plans.ts';
import { settings } from './settings.ts';

export const API_PATH = '/api/v1';

export const contract = { ...accounts, ...settings, ...clients, ...plans, ...courses };
export type Contract = typeof contract;
