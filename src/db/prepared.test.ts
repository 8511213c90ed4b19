import { expect, it } from 'vitest';
import { PooledReader } from './prepared.ts';

const TIMESTAMPTZ = 1184;
const TEXTS = 1009;

const connect = () => Promise.reject(new Error('No statement of this test has its own time limit.'));

/** The value that a column of this type gets from this text. */
async function parsed(type: number, text: string): Promise<unknown> {
  interface Query {
    readonly types: { getTypeParser(type: number): (text: string) => unknown };
  }
  let value: unknown;
  const query = async <Row>({ types }: Query): Promise<{ rows: Row[] }> => {
    value = types.getTypeParser(type)(text);
    return { rows: [] };
  };
  await new PooledReader({ query, connect }).rows({ text: '', name: undefined }, []);
  return value;
}

it.each([
  ['2026-01-31 09:30:00+00', '2026-01-31T09:30:00.000Z'],
  ['2026-01-31 09:30:01.5+00', '2026-01-31T09:30:01.500Z'],
  ['2024-02-29 23:59:59.07+00', '2024-02-29T23:59:59.070Z'],
  ['1969-12-31 23:59:59.999+00', '1969-12-31T23:59:59.999Z'],
  ['2026-01-31 09:30:00.123456+00', '2026-01-31T09:30:00.123Z'],
])('the time %s is read to the millisecond', async (text, expected) => {
  expect(await parsed(TIMESTAMPTZ, text)).toEqual(new Date(expected));
});

it.each([
  ['{}', []],
  ['{a,b}', ['a', 'b']],
  ['{"a b","c,d","e\\"f","g\\\\h","","{}"}', ['a b', 'c,d', 'e"f', 'g\\h', '', '{}']],
  ['{"line\nfeed",蜜蜂}', ['line\nfeed', '蜜蜂']],
])('the texts %s are distinguished', async (text, expected) => {
  expect(await parsed(TEXTS, text)).toEqual(expected);
});

it('a connection that was lost in the pool is replaced by another, once', async () => {
  let tries = 0;
  const dying = (times: number) => async (): Promise<{ rows: never[] }> => {
    if (++tries > times) return { rows: [] };
    throw Object.assign(new Error('terminating connection'), { code: '57P01' });
  };
  const statement = { text: 'select 1', name: undefined };
  expect(await new PooledReader({ query: dying(1), connect }).rows(statement, [])).toEqual([]);
  tries = 0;
  await expect(new PooledReader({ query: dying(2), connect }).rows(statement, [])).rejects.toThrow('terminating');
  expect(tries).toBe(2);
});
