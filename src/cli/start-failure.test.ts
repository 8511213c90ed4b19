import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../errors.ts';
import { createLogger } from '../monitoring/logger.ts';
import { startLogged } from './start-failure.ts';

async function lineOf(thrown: unknown) {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const failing = startLogged(logger, () => Promise.reject(thrown));
  await expect(failing).rejects.toBe(thrown);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

it('logs why a process did not start: the code, the sentence, and a page that is there', async () => {
  const codes: ErrorCode[] = ['DATABASE_CONNECTION_FAILED', 'FFMPEG_NOT_FOUND', 'CONFIG_INVALID', 'STORAGE_ERROR'];
  for (const code of codes) {
    const line = await lineOf(new AppError(code, 'A sentence.', { cause: new Error('with postgres://u:p@h') }));
    expect(line).toMatchObject({ level: 'CRITICAL', error_code: code, err: { code, message: 'A sentence.' } });
    expect(JSON.stringify(line)).not.toContain('postgres://');
    const [page = '', anchor] = String(line.mend).split('#');
    expect(existsSync(page), page).toBe(true);
    if (anchor) expect(readFileSync(page, 'utf8')).toContain(`\n### ${anchor}\n`);
  }
});

it('logs an unexpected failure of the start with its stack', async () => {
  const line = await lineOf(new TypeError('x is undefined'));
  expect(line).toMatchObject({ error_code: 'INTERNAL_ERROR', mend: 'autovideo doctor' });
  expect(line.err.stack).toContain('start-failure.test.ts');
});
