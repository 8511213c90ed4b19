/** What a statement of a migration stops until the end of the update: everything, all writes, or those of the rows that it changes. */
export type LockKind = 'reads and writes' | 'writes' | 'changed rows';

export interface StatementLock {
  /** A table; of `drop index` the index. */
  readonly name: string;
  readonly isIndex: boolean;
  readonly lock: LockKind;
}

const CREATE_TABLE = /^create table (?:if not exists )?"?(\w{1,63})/;
const CREATE_INDEX = /^create (?:unique )?index .{0,200}? on (?:only )?"?(\w{1,63})/;
const ALTER_TABLE = /^alter table (?:if exists )?(?:only )?"?(\w{1,63})"? (.{0,60})/;
const DROP_INDEX = /^drop index (?:if exists )?"?(\w{1,63})/;
const DROP_TABLE = /^(?:drop table|truncate|lock table)(?: if exists)? "?(\w{1,63})/;
const TRIGGER = /^(?:create|drop) (?:or replace )?trigger .{0,200}? on "?(\w{1,63})/;
const REFERENCE = /\breferences "?(\w{1,63})/g;
const CHANGE = /\b(?:update|delete from|insert into) "?(\w{1,63})/g;
/** Longer statements are read up to here: what they lock is at their beginning. */
const MAX_EXAMINED = 20_000;

/** Blanks as one, in lower case: migrations quote names, and none has capitals. */
function plain(statement: string): string {
  return statement.slice(0, MAX_EXAMINED).replace(/\s+/g, ' ').trim().toLowerCase();
}

/** What PostgreSQL locks for the statement, https://www.postgresql.org/docs/18/explicit-locking.html; nothing for reads. */
export function locksOf(statement: string): StatementLock[] {
  const text = plain(statement);
  const references = Array.from(text.matchAll(REFERENCE), ([, name]) => lockOf(name, 'writes'));
  const altered = ALTER_TABLE.exec(text);
  if (altered) {
    const [, name, action = ''] = altered;
    if (action.startsWith('validate constraint')) return [lockOf(name, 'changed rows')];
    return [lockOf(name, text.includes(' foreign key ') ? 'writes' : 'reads and writes'), ...references];
  }
  if (CREATE_TABLE.test(text)) return references;
  const [, index] = DROP_INDEX.exec(text) ?? [];
  if (index !== undefined) return [{ name: index, isIndex: true, lock: 'reads and writes' }];
  const [, dropped] = DROP_TABLE.exec(text) ?? [];
  if (dropped !== undefined) return [lockOf(dropped, 'reads and writes')];
  const [, indexed] = (text.includes(' concurrently ') ? null : CREATE_INDEX.exec(text)) ?? TRIGGER.exec(text) ?? [];
  if (indexed !== undefined) return [lockOf(indexed, 'writes')];
  return Array.from(text.matchAll(CHANGE), ([, name]) => lockOf(name, 'changed rows'));
}

function lockOf(name: string | undefined, lock: LockKind): StatementLock {
  return { name: name ?? '', isIndex: false, lock };
}

/** The table that the statement creates. */
export function createdTable(statement: string): string | null {
  return CREATE_TABLE.exec(plain(statement))?.[1] ?? null;
}

/**
 * Whether a program that does not know of the statement works as before: it adds a table, an index or a column that may be left out, or
 * changes only tables that are new.
 */
export function isAdditive(statement: string, newTables: ReadonlySet<string>): boolean {
  const text = plain(statement);
  if (CREATE_TABLE.test(text) || text.startsWith('create index ') || text.startsWith('drop index ')) return true;
  const altered = ALTER_TABLE.exec(text)?.[1];
  if (altered !== undefined) return newTables.has(altered) || addsOptionalColumns(text);
  const locks = locksOf(statement);
  return locks.length > 0 && locks.every(({ name }) => newTables.has(name));
}

function addsOptionalColumns(text: string): boolean {
  // Each part begins with what it does; commas within a type, such as numeric(14,4), are followed by no word.
  const actions = text
    .slice(text.search(/"? (?:add|alter|drop|rename|set|validate|disable|enable) /))
    .split(/, (?=[a-z])/);
  return actions.every((action) => {
    const isColumn = /^"? ?add (?:column )?(?:if not exists )?"/.test(action);
    return (
      isColumn &&
      (!action.includes(' not null') || action.includes(' default ')) &&
      !/ (?:unique|references|check) /.test(`${action} `)
    );
  });
}
