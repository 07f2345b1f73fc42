/** Every handler of wire/settings.ts but the one that removes the demo. */
import { libraryHandlers } from './libraries.ts';
import { practitionerHandlers } from './practitioner-handlers.ts';
import { providerPageHandlers } from './provider-page.ts';
import { studioHandlers } from './studio-handlers.ts';

export const settingsHandlers = {
  ...studioHandlers,
  ...practitionerHandlers,
  ...libraryHandlers,
  ...providerPageHandlers,
};
