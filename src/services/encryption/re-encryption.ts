import type { FieldCipher } from '../../auth/secrets.ts';
import type { Database } from '../../db/database.ts';
import type { Sql } from '../../db/orm.ts';
import { ENCRYPTED_COLUMNS, type EncryptedColumn } from './encrypted-columns.ts';
import { outdatedValues, replaceValue, type StoredValue } from './encrypted-columns-sql.ts';

/** What became of the values of one column. */
export interface ReEncryptedColumn {
  /** "table.column" */
  readonly column: string;
  /** Values that are encrypted with the current key now. */
  readonly renewed: number;
  /** Values that could not be decrypted, because their key is missing or they were damaged; they are unchanged. */
  readonly unreadable: number;
}

const BATCH = 500;

/**
 * Encrypts every stored value with the current key, so that older ones can be removed from ENCRYPTION_KEYS. Value by value, so that
 * it may run while the installation does, be ended at any moment, and be started again. What is written meanwhile is left as it is.
 */
export async function reEncrypt(db: Database, cipher: FieldCipher): Promise<ReEncryptedColumn[]> {
  const results: ReEncryptedColumn[] = [];
  for (const column of ENCRYPTED_COLUMNS) results.push(await reEncryptColumn(db.sql(), column, cipher));
  return results;
}

async function reEncryptColumn(rows: Sql, column: EncryptedColumn, cipher: FieldCipher): Promise<ReEncryptedColumn> {
  let [renewed, unreadable] = [0, 0];
  let after: readonly string[] | null = null;
  for (;;) {
    const batch: StoredValue[] = await outdatedValues(rows, column, {
      keyId: cipher.currentKeyId,
      after,
      limit: BATCH,
    });
    for (const stored of batch) {
      const value = renewedValue(stored, column, cipher);
      if (value === null) unreadable += 1;
      else if (await replaceValue(rows, column, stored, value)) renewed += 1;
    }
    after = batch.at(-1)?.key ?? null;
    if (batch.length < BATCH) return { column: `${column.table}.${column.column}`, renewed, unreadable };
  }
}

/** Null where it cannot be decrypted. */
function renewedValue(stored: StoredValue, { location, index }: EncryptedColumn, cipher: FieldCipher) {
  try {
    const plain = cipher.decrypt(stored.value, location(stored.key));
    return {
      value: cipher.encrypt(plain, location(stored.key)),
      index: index === undefined ? null : cipher.emailIndex(plain),
    };
  } catch {
    // Counted; the command that shows the number says what to do.
    return null;
  }
}
