import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { checkPattern, type Verdict } from './check-pattern.ts';

/**
 * Stores in a file which patterns were found safe, so that only new ones are checked. A key contains the version of
 * recheck and the text of `check-pattern.ts`; a missing or unreadable file costs only time.
 */
export class VerdictCache {
  readonly #path: string;
  readonly #salt: string;
  readonly #safe: Set<string>;
  readonly #used = new Set<string>();

  constructor(path: string) {
    this.#path = path;
    const { version } = createRequire(import.meta.url)('recheck/package.json');
    this.#salt = `${version}\n${readFileSync(new URL('./check-pattern.ts', import.meta.url), 'utf8')}`;
    this.#safe = new Set(keysIn(path));
  }

  readonly checkPattern = async (pattern: string, flags: string): Promise<Verdict> => {
    const key = createHash('sha256').update(`${this.#salt}\n/${pattern}/${flags}`).digest('base64url');
    const verdict: Verdict = this.#safe.has(key) ? { status: 'safe' } : await checkPattern(pattern, flags);
    if (verdict.status === 'safe') this.#used.add(key);
    return verdict;
  };

  /** Writes the safe patterns of this run, and drops unused ones. */
  save(): void {
    mkdirSync(dirname(this.#path), { recursive: true });
    const temporary = `${this.#path}.${process.pid}`;
    writeFileSync(temporary, [...this.#used].toSorted().join('\n'));
    renameSync(temporary, this.#path);
  }
}

function keysIn(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    // No file yet: every pattern is checked.
    return [];
  }
}
