import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** A file of bench/ as JavaScript: decorators have to be compiled. BENCH_BUILD names a folder where that was done before. */
export function compiled(file: string): string {
  const { BENCH_BUILD } = process.env;
  const folder = BENCH_BUILD ?? join(ROOT, '.build');
  if (!BENCH_BUILD)
    execFileSync('npx', ['tsc', '--noEmit', 'false', '--outDir', folder], { cwd: ROOT, stdio: 'inherit' });
  return join(folder, 'bench', file);
}
