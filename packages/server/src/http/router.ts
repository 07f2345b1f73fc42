/** All handlers of the API, as one router that has every route of the contract. */
import { accountHandlers } from '../accounts/account-handlers.ts';
import { clientHandlers } from '../clients/client-handlers.ts';
import { photoHandlers } from '../clients/photo-handlers.ts';
import { screeningHandlers } from '../clients/screening-handlers.ts';
import { courseHandlers } from '../courses/course-handlers.ts';
import { demoHandlers } from '../demo/demo-handlers.ts';
import { planHandlers } from '../plans/plan-handlers.ts';
import { quoteHandlers } from '../plans/quote-handlers.ts';
import { settingsHandlers } from '../settings/settings-handlers.ts';

export const router = {
  ...accountHandlers,
  ...settingsHandlers,
  ...clientHandlers,
  ...photoHandlers,
  ...screeningHandlers,
  ...planHandlers,
  ...quoteHandlers,
  ...courseHandlers,
  ...demoHandlers,
};
