import type { Client } from 'pg';
import { type CopyToStreamQuery, to } from 'pg-copy-streams';
import { type CopiedTable, quoted } from './tables-sql.ts';

/** All that is read until it ends is as it was at one moment. */
export async function beginSnapshot(client: Client): Promise<void> {
  await client.query('begin transaction isolation level repeatable read read only');
  // The first statement takes the snapshot. A table whose turn comes later waits for the file of the archive.
  await client.query('set local idle_in_transaction_session_timeout = 0; set local statement_timeout = 0');
}

export async function endSnapshot(client: Client): Promise<void> {
  await client.query('commit');
}

/** The rows of a table as text, one a line. */
export function rowsOf(client: Client, { name, columns }: CopiedTable): CopyToStreamQuery {
  return client.query(to(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`));
}

/** The folders in storage of all videos and contents, one a line. Those of deleted videos are removed soon. */
export function foldersOf(client: Client): CopyToStreamQuery {
  return client.query(
    to(`copy (
      select 'videos/' || id || '/' from videos where deleted_at is null
      union all
      select 'generations/' || id || '/' from ai_generations where video_id is null and result is not null
    ) to stdout`),
  );
}
