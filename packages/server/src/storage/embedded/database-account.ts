/**
 * Which account of the computer the database runs under.
 *
 * PostgreSQL refuses to run as root, and its initdb wants an account that has a name. As anybody but root it is the
 * one we run as. As root it is the owner of the data when there is some, else `postgres` where that exists, else `nobody`.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StorageTrouble } from '../storage-trouble.ts';

export interface DatabaseAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Null where processes and files are simply our own. */
export function databaseAccount(dataDir: string): DatabaseAccount | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readAccounts();
  const owner = existsSync(dataDir) ? statSync(dataDir).uid : null;
  const account =
    accounts.find(({ uid }) => uid === owner && uid !== 0) ??
    accounts.find(({ name }) => name === 'postgres') ??
    accounts.find(({ name }) => name === 'nobody');
  if (!account)
    throw new StorageTrouble(
      'the database may not run as root, and this computer has neither an account postgres nor nobody; start Stipple as another user.',
    );
  return account;
}

/** Refuses a folder that the account cannot reach, naming the one that shuts it out. */
export function refuseUnreachable(folder: string, account: DatabaseAccount): void {
  for (let parent = dirname(folder); ; parent = dirname(parent)) {
    const { mode, uid, gid } = statSync(parent);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if (!(mode & bit))
      throw new StorageTrouble(
        `the database runs under the account ${account.name}, which may not enter ${parent}; choose another data folder with --data, such as /var/lib/stipple, or start Stipple as another user.`,
      );
    if (parent === dirname(parent)) return;
  }
}

function readAccounts(): DatabaseAccount[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}
