import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'rolldown';
import config, { CHILD_MODULES } from '../../rolldown.config.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Builds the program in process.ts like the app, for as long as the resources are open; returns its path. */
export async function buildProgram(resources: AsyncDisposableStack): Promise<string> {
  await mkdir(join(ROOT, '.build'), { recursive: true });
  const dir = await mkdtemp(join(ROOT, '.build', 'chaos-'));
  resources.defer(() => rm(dir, { recursive: true, force: true }));
  const input = { process: join(import.meta.dirname, 'process.ts'), ...CHILD_MODULES };
  await build({ ...config, cwd: ROOT, input, output: { ...config.output, dir } });
  return join(dir, 'process.js');
}
