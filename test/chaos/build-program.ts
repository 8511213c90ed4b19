import { join } from 'node:path';
import { build } from 'rolldown';
import config from '../../rolldown.config.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The program in process.ts, built like our own; the path of what can be started. */
export async function buildProgram(): Promise<string> {
  const dir = join(ROOT, '.build', 'chaos');
  const input = { process: join(import.meta.dirname, 'process.ts') };
  await build({ ...config, cwd: ROOT, input, output: { ...config.output, dir } });
  return join(dir, 'process.js');
}
