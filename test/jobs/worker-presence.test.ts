import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { WorkerPresence } from '../../src/jobs/worker/worker-presence.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import { createTestDatabase } from '../helpers/database.ts';

it('A worker that finds no free connection logs the code that the pages for operators explain', async () => {
  const db = await createTestDatabase();
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const presence = new WorkerPresence({ db, workerId: randomUUID(), slots: 1, logger });
    await presence.start();
    vi.spyOn(db, 'sql').mockImplementationOnce(() => {
      throw Object.assign(new Error('remaining connection slots are reserved'), { code: '53300' });
    });
    vi.advanceTimersByTime(5_000);
    await presence.stop();
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      message: 'could not record that this worker is alive',
      err: {
        code: 'DATABASE_CONNECTION_FAILED',
        message: expect.stringMatching(/^PostgreSQL has no connection left: /),
      },
    });
  } finally {
    vi.useRealTimers();
    vi.restoreAllMocks();
    await db.close();
  }
});
