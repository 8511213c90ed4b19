import { randomBytes } from 'node:crypto';

/** A short name that no other process or call picks: our process number and 48 random bits. */
export function uniqueName(): string {
  return `${process.pid}-${randomBytes(6).toString('hex')}`;
}
