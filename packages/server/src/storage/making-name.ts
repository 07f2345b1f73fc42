import { randomBytes } from 'node:crypto';

/** The name of something that is made beside its place and then renamed: nobody else's, and known as unfinished. */
export const makingName = (path: string): string => `${path}.${randomBytes(6).toString('hex')}.part`;
