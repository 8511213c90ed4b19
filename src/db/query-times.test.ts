import { describe, expect, it } from 'vitest';
import { classOf, type QueryTime, QueryTimes } from './query-times.ts';

describe('The class of a statement', () => {
  it.each([
    ['select * from "videos" where id = $1', 'select', 'videos'],
    ['/* session_owners */\n  select s.id from sessions s join users u on true', 'select', 'sessions'],
    ['SELECT 1', 'select', 'other'],
    ['select * from pg_stat_activity', 'select', 'other'],
    ['insert into "jobs" ("id") values ($1)', 'insert', 'jobs'],
    ['update ai_quotas set used = 1', 'update', 'ai_quotas'],
    ['delete from "video_events" where true', 'delete', 'video_events'],
    ['with old as (select id from jobs) delete from outbox where id in (select id from old)', 'delete', 'outbox'],
    ['with taken as (update jobs set status = 1 returning id) select * from taken', 'update', 'jobs'],
    ['with found as (select id from videos) select * from found', 'select', 'videos'],
    ['begin', 'transaction', 'none'],
    ['COMMIT', 'transaction', 'none'],
    ["set statement_timeout = '2s'", 'other', 'none'],
    ['', 'other', 'none'],
    ['constructor from videos', 'other', 'none'],
  ])('of "%s" is %s of %s', (text, type, table) => {
    expect(classOf(text)).toEqual({ type, table });
  });
});

describe('The times of statements', () => {
  /** A pool with one connection, whose statements end when the test says so. */
  function connected() {
    const times = new QueryTimes();
    const seen: QueryTime[] = [];
    let answer: (result: unknown) => void = () => undefined;
    const connection: { query(...given: unknown[]): unknown } = {
      query(...given) {
        const last = given.at(-1);
        const ended = new Promise((resolve) => {
          answer = resolve;
        });
        if (typeof last !== 'function') return ended;
        answer = (result) => last(null, result);
        return undefined;
      },
    };
    times.measure({ on: (_event, listener) => listener(connection) });
    return { times, seen, connection, answer: (result: unknown) => answer(result) };
  }

  it('are measured from the sending to the answer, and the answer is unchanged', async () => {
    const { times, seen, connection, answer } = connected();
    times.listen((time) => seen.push(time));
    const asked = connection.query({ text: 'select * from videos', values: [] });
    expect(seen).toEqual([]);
    answer('rows');
    expect(await asked).toBe('rows');
    expect(seen).toEqual([{ type: 'select', table: 'videos', seconds: expect.any(Number) }]);
  });

  it('are measured with a callback too', () => {
    const { times, seen, connection, answer } = connected();
    times.listen((time) => seen.push(time));
    const answers: unknown[] = [];
    connection.query('update jobs set status = 1', [], (...given: unknown[]) => answers.push(...given));
    answer('rows');
    expect(answers).toEqual([null, 'rows']);
    expect(seen).toMatchObject([{ type: 'update', table: 'jobs' }]);
  });

  it('are not measured before there is a listener, nor for streams', async () => {
    const { times, seen, connection, answer } = connected();
    const asked = connection.query('select * from videos');
    answer('early');
    expect(await asked).toBe('early');
    times.listen((time) => seen.push(time));
    void connection.query({ text: 'copy videos to stdout', submit: () => undefined });
    answer('stream');
    expect(seen).toEqual([]);
  });
});
