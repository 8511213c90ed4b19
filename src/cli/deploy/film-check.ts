import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { make } from '../make/make.ts';
import { type CheckResult, failed, ok } from './check-result.ts';

const TEXT = 'This short film tests the installation.';
const FILM_MS = 300_000;
const OWNER_ONLY = 0o600;

/** Makes a film of some seconds with the settings of this installation, as `autovideo make` does; a running worker may make it. */
export async function filmCheck(env: Readonly<Record<string, string | undefined>>): Promise<CheckResult> {
  const folder = await mkdtemp(join(tmpdir(), 'autovideo-check-'));
  const out = join(folder, 'film.mp4');
  const begun = performance.now();
  const silent = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await make(
      { script: '-', language: 'en', title: 'Check after an update', resolution: '480', captions: true, out },
      {
        stdin: Readable.from([TEXT]),
        stdout: silent(),
        stderr: silent(),
        env,
        fileMode: OWNER_ONLY,
        signal: AbortSignal.timeout(FILM_MS),
      },
    );
    const { size } = await stat(out);
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    return size > 0 ? ok('film', `Made in ${seconds} s, ${size} bytes.`) : failed('film', 'The film is empty.');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
