import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../../db/orm.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';

/** A value of an encrypted column, and the primary key of its row. */
export interface StoredValue {
  readonly key: readonly string[];
  readonly value: string;
}

type Names = Pick<EncryptedColumn, 'table' | 'column' | 'key'>;

/** The next values that another key than the current one has encrypted, in the order of their keys; `after` is the last key seen. */
export async function outdatedValues(
  rows: Sql,
  { table, column, key }: Names,
  { keyId, after, limit }: { readonly keyId: string; readonly after: readonly string[] | null; readonly limit: number },
): Promise<StoredValue[]> {
  const columns = keyOf(key);
  const beyond = after === null ? sql`true` : sql`(${columns}) > (${sql.join(after)})`;
  const found = await sql<{ key: string[]; value: string }>`
    select array[${sql.join(key.map((name) => sql`${sql.ref(name)}::text`))}] as key, ${sql.ref(column)} as value
    from ${sql.table(table)}
    where ${sql.ref(column)} is not null and split_part(${sql.ref(column)}, '.', 1) <> ${keyId} and ${beyond}
    order by ${columns} limit ${limit}`.execute(rows);
  return found.rows;
}

/** False where the value was changed or removed meanwhile. */
export async function replaceValue(
  rows: Sql,
  { table, column, key, index }: Names & Pick<EncryptedColumn, 'index'>,
  stored: StoredValue,
  renewed: { readonly value: string; readonly index: string | null },
): Promise<boolean> {
  const values = [sql`${sql.ref(column)} = ${renewed.value}`];
  if (index !== undefined) values.push(sql`${sql.ref(index)} = ${renewed.index}`);
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set ${sql.join(values)}
    where (${keyOf(key)}) = (${sql.join(stored.key)}) and ${sql.ref(column)} = ${stored.value}`.execute(rows);
  return numAffectedRows === 1n;
}

/** As it is compared and ordered. */
function keyOf(names: readonly string[]): RawBuilder<unknown> {
  return sql.join(names.map((name) => sql.ref(name)));
}
