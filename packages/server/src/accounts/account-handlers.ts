/** Every handler of wire/accounts.ts but the one that opens the demo. */
import { firstOwnerHandlers } from './first-owner.ts';
import { ownAccountHandlers } from './own-account-handlers.ts';
import { ownerHandlers } from './owner-handlers.ts';
import { passkeyHandlers } from './passkeys.ts';
import { peopleHandlers } from './people-handlers.ts';
import { signInHandlers } from './sign-in-handlers.ts';

export const accountHandlers = {
  ...firstOwnerHandlers,
  ...signInHandlers,
  ...ownAccountHandlers,
  ...passkeyHandlers,
  ...peopleHandlers,
  ...ownerHandlers,
};
