import { setTimeout as sleep } from 'node:timers/promises';
import { ageOf } from '../../age.ts';
import { type LockHolder, readLockHolders } from '../doctor-sql.ts';
import { type Check, failed, type Outcome, ok } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { needsDatabase } from './needs.ts';

/** By then the other checks of this process wait too, where they have to. */
const FIRST_MS = 500;
/** Every busy database has waits that are shorter. */
const LONG_SECONDS = 2;
const STATEMENT_SECONDS = 3;
/** `autovideo db idle` for this long spares a program that is only slow. */
const IDLE_SECONDS = 60;
const MOST = 5;

/** Who holds what others wait for. */
export function lockCheck({ db }: Installation): Check {
  return needsDatabase('locks', async () => {
    await sleep(FIRST_MS);
    // The connections of the other checks may all be waiting for the lock.
    const own = await (await db()).openPatient(STATEMENT_SECONDS);
    try {
      let holders = await readLockHolders(own.sql());
      if (holders.length > 0 && !holders.some(isLong)) {
        await sleep(LONG_SECONDS * 1_000);
        holders = await readLockHolders(own.sql());
      }
      const long = holders.filter(isLong).slice(0, MOST);
      return long.length === 0
        ? ok(`No session has waited for another one for over ${LONG_SECONDS} s.`)
        : long.map(found);
    } finally {
      await own.close();
    }
  });
}

const isLong = ({ waitingSeconds }: LockHolder) => waitingSeconds >= LONG_SECONDS;

function found({ isEndable, seconds, blocked, relations, ...holder }: LockHolder): Outcome {
  const sessions = blocked === 1 ? '1 session' : `${blocked} sessions`;
  const [first, ...others] = relations;
  const lock = first === undefined ? 'rows' : `${others.length === 0 ? '' : 'among others '}${first}`;
  const message = `${subject({ ...holder, seconds })} blocks ${sessions}, the longest for ${ageOf(holder.waitingSeconds)} (lock on ${lock}).`;
  if (!isEndable) return failed(message, 'docs/operations/database.md#locks');
  const idle = Math.max(1, Math.min(IDLE_SECONDS, Math.floor(seconds ?? 0)));
  return failed(message, `autovideo db idle --seconds ${idle} --end`);
}

function subject({
  pid,
  user,
  application,
  state,
  seconds,
}: Pick<LockHolder, 'pid' | 'user' | 'application' | 'state' | 'seconds'>) {
  if (pid === 0) return 'A prepared transaction';
  if (state === null || seconds === null) return `Session ${pid} of ${user ?? 'the server'}`;
  const doing = state === 'idle in transaction' ? 'idle in a transaction' : state;
  return `${application ?? 'A program'} (session ${pid}) has been ${doing} for ${ageOf(seconds)} and`;
}
