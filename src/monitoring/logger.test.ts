import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

function logged(
  write: (logger: ReturnType<typeof createLogger>) => void,
  options: { level?: string; pretty?: boolean } = {},
) {
  const lines: string[] = [];
  write(createLogger({ level: 'info', ...options, destination: { write: (line) => void lines.push(line) } }));
  return lines;
}
const only = (lines: string[]) => JSON.parse(lines[0] ?? '');

describe('the log', () => {
  it('has one JSON object per line with level, time and message', () => {
    const lines = logged((logger) =>
      logger.child({ trace_id: 'ab'.repeat(16) }).warn({ attempt: 2 }, 'The disk is nearly full.'),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]?.endsWith('}\n')).toBe(true);
    const { timestamp, ...rest } = only(lines);
    expect(rest).toEqual({
      level: 'WARNING',
      trace_id: 'ab'.repeat(16),
      attempt: 2,
      message: 'The disk is nearly full.',
    });
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('omits lines below its level', () => {
    expect(logged((logger) => logger.debug('no'), { level: 'info' })).toEqual([]);
    expect(logged((logger) => logger.info('yes'), { level: 'info' })).toHaveLength(1);
  });

  it('never contains a secret, at the top or nested', () => {
    const secrets = {
      authorization: 'Bearer s3cr3t',
      password: 's3cr3t',
      accessToken: 's3cr3t',
      refreshToken: 's3cr3t',
      email: 's3cr3t',
    };
    const lines = logged((logger) =>
      logger.info({ ...secrets, request: { headers: secrets }, input: secrets }, 'hello'),
    );
    expect(lines[0]).not.toContain('s3cr3t');
    expect(only(lines).request.headers.authorization).toBe('[secret]');
  });

  it('contains an error with its cause and stack', () => {
    const lines = logged((logger) =>
      logger.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'It failed.'),
    );
    expect(only(lines)).toMatchObject({
      level: 'ERROR',
      message: 'It failed.',
      err: { message: expect.stringContaining('outer') },
    });
    expect(lines[0]).toContain('inner');
  });

  it('joins the sentences of an error and its causes with a colon alone', () => {
    const cause = new Error('FFmpeg ended with exit code 1:\nNo space left');
    const lines = logged((logger) => logger.error({ err: new Error('The disk is full.', { cause }) }, 'no film'));
    expect(only(lines).err.message).toBe('The disk is full: FFmpeg ended with exit code 1:\nNo space left');
    expect(only(logged((logger) => logger.error({ err: 'no error' }, 'odd'))).err).toBe('no error');
  });

  it('has a readable form for people', () => {
    const [line] = logged((logger) => logger.warn({ free_gb: 3 }, 'The disk is nearly full.'), { pretty: true });
    expect(line).toMatch(/^\d\d:\d\d:\d\d WARNING The disk is nearly full\. {2}\{"free_gb":3\}\n$/);
  });
});
