import { execFileSync } from 'node:child_process';

/** Where servers run; the load has the other core. */
export const SERVER_CORE = '0';
export const LOAD_CORE = '1';
export const ANY_CORE = '0,1';

/** This process, all its threads. Children that were started before stay where they are. */
export function pinTo(core: string): void {
  execFileSync('taskset', ['-acp', core, String(process.pid)], { stdio: 'ignore' });
}
