/** What an error of the database means for the program: gone, worth repeating, or a conflict that a person can solve. */

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** The connection is gone or could not be made; what was not committed is rolled back. */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  return (
    /^(08...|57P0[123]|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)$/.test(code) ||
    (code === '' &&
      error instanceof Error &&
      /Connection terminated|connection timeout|not queryable/.test(error.message))
  );
}

/** Two transactions got in each other's way: the same again may well succeed. */
export const isSerializationFailure = (error: unknown): boolean =>
  ['40001', '40P01'].includes(codeOf(error)) || duplicateOf(error) === 'audit_entries_pkey';

/** A table has changed since the connection planned the statement, as when a newer program migrates beside this one. */
export const isPlanOutdated = (error: unknown): boolean =>
  codeOf(error) === '0A000' && (error as { routine?: string }).routine === 'RevalidateCachedQuery';

/** Exclusion constraints on appointments, and core's code for what each says. */
export const CONFLICTS = {
  seven_days: 'too-soon',
  practitioner_free: 'practitioner-busy',
  room_free: 'room-busy',
  client_free: 'client-busy',
} as const;

export type Conflict = (typeof CONFLICTS)[keyof typeof CONFLICTS];

/** Which conflict an error is; null when it is none. */
export function conflictOf(error: unknown): Conflict | null {
  if (codeOf(error) !== '23P01') return null;
  const { constraint } = error as { constraint?: string };
  return CONFLICTS[constraint as keyof typeof CONFLICTS] ?? null;
}

/** The unique constraint that an error says is violated, such as 'accounts_studio_id_email_hash_key'; null for others. */
export function duplicateOf(error: unknown): string | null {
  return codeOf(error) === '23505' ? ((error as { constraint?: string }).constraint ?? '') : null;
}

/** A value that no column takes, such as a character of the value zero or the year 0: class 22, data exception. */
export const isUnstorable = (error: unknown): boolean => /^22...$/.test(codeOf(error));
