import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import { SentryLog } from '../../src/monitoring/sentry-log.ts';
import { FakeService } from '../fakes/fake-service.ts';
import { type SentryEvent, sentry } from '../fakes/sentry.ts';

const TRACE = 'a1'.repeat(16);
const events: SentryEvent[] = [];
const faults: unknown[] = [];
let service: FakeService;
let log: SentryLog;
beforeEach(async () => {
  service = await FakeService.start(sentry(events));
  const dsn = `${service.url.replace('//', '//abc123@')}/42`;
  log = new SentryLog({ dsn, environment: 'production', release: '1.2.3', onFault: (thrown) => faults.push(thrown) });
});
afterEach(async () => {
  await log.close();
  await service.close();
  events.length = 0;
  faults.length = 0;
});

const loggerOf = () => createLogger({ level: 'debug', destination: { write: () => undefined }, others: [log] });

describe('A report to Sentry', () => {
  it('has what the line of the log says, with the stack of the error and without its secrets', async () => {
    const err = new AppError('DATABASE_ERROR', 'The statement failed.');
    loggerOf().error({ err, trace_id: TRACE, videoId: 'v1', token: 'hidden' }, 'a video could not be read');
    await log.close();
    expect(events).toEqual([
      expect.objectContaining({
        level: 'error',
        environment: 'production',
        release: '1.2.3',
        message: { formatted: 'a video could not be read' },
        tags: { trace_id: TRACE },
        extra: { videoId: 'v1', token: '[secret]' },
      }),
    ]);
    const [exception] = events[0]?.exception?.values ?? [];
    expect(exception).toMatchObject({ type: 'AppError', value: 'The statement failed.' });
    const innermost = exception?.stacktrace.frames.at(-1);
    expect(innermost).toMatchObject({ in_app: true, lineno: expect.any(Number) });
    expect(innermost?.filename).toContain('sentry-log.test.ts');
  });

  it('is made of errors and faults alone', async () => {
    const logger = loggerOf();
    for (const level of ['debug', 'info', 'warn'] as const) logger[level]('as usual');
    logger.error('an error');
    logger.fatal('the end');
    await log.close();
    expect(events.map(({ level, message }) => [level, message?.formatted])).toEqual([
      ['error', 'an error'],
      ['fatal', 'the end'],
    ]);
  });

  it('is not made again for the time that Sentry asks for', async () => {
    service.replyWith({ status: 429, headers: { 'retry-after': '30' } });
    const logger = loggerOf();
    for (const message of ['first', 'second', 'third']) {
      logger.error(message);
      await log.close();
    }
    expect([events.length, service.requests.length, faults.length]).toEqual([0, 1, 0]);
  });

  it('that cannot be delivered is reported once, and does not disturb the log', async () => {
    service.replyWith({ status: 500 }, 'hang up');
    const logger = loggerOf();
    for (const message of ['first', 'second', 'third']) {
      logger.error(message);
      await log.close();
    }
    expect(faults.map(String)).toEqual(['Error: Sentry answered with 500.']);
    expect(events.map(({ message }) => message?.formatted)).toEqual(['third']);
  });

  it('is dropped where ten are on their way', async () => {
    const logger = loggerOf();
    for (let i = 0; i < 30; i++) logger.error(`error ${i}`);
    await log.close();
    expect(events).toHaveLength(10);
  });
});
