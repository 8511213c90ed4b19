import { Migration0001Beginning } from './0001-beginning.ts';

/** In the order in which they are applied; a migration that has landed never changes. */
export const migrations = [{ name: '0001-beginning', class: Migration0001Beginning }];
