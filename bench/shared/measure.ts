import { readdirSync, readFileSync } from 'node:fs';
import { createClient } from '@redis/client';
import { sql } from 'kysely';
import type { QueueBenchContext } from '../queue/contender.ts';

/** The value of this percentile, by the nearest rank; NaN for an empty list. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** CPU seconds so far of this process and of both servers, if they run on this machine. */
export async function cpuSeconds({ db, redisUrl }: QueueBenchContext): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000 + (await redisSeconds(redisUrl)) + (await postgresSeconds(db));
}

/** CPU seconds of the Redis server. */
export async function redisSeconds(url: string): Promise<number> {
  const client = createClient({ url });
  await client.connect();
  const text = await client.info('cpu');
  client.destroy();
  return [/used_cpu_sys:([\d.]+)/, /used_cpu_user:([\d.]+)/].reduce((sum, of) => sum + Number(of.exec(text)?.[1]), 0);
}

/**
 * CPU seconds of the PostgreSQL server and all its processes, including ended ones; 0 if it runs on another machine.
 */
export async function postgresSeconds(db: QueueBenchContext['db']): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db.sql());
  const backend = statOf(String(rows[0]?.pid));
  const server = backend && statOf(String(backend.parent));
  if (!backend || !server) return 0;
  const children = readdirSync('/proc').flatMap((id) => (/^\d+$/.test(id) ? (statOf(id) ?? []) : []));
  const alive = children.filter(({ parent }) => parent === backend.parent);
  return server.own + server.ended + alive.reduce((sum, { own }) => sum + own, 0);
}

/** proc(5), /proc/pid/stat: fields 4 and 14 to 17; ticks are a hundredth of a second on every Linux that Node runs on. */
function statOf(pid: string): { parent: number; own: number; ended: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    return { parent: fields[1] ?? 0, own: (user + system) / 100, ended: (endedUser + endedSystem) / 100 };
  } catch {
    return undefined; // it has ended meanwhile, or runs on another machine
  }
}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Columns of equal width, the first left-aligned. */
export function row(first: string, ...cells: readonly string[]): void {
  say(`  ${first.padEnd(30)}${cells.map((cell) => cell.padStart(15)).join('')}`);
}
