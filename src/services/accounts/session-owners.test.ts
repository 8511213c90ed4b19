import { expect, it } from 'vitest';
import type { Reader } from '../../db/prepared.ts';
import { SessionOwners } from './session-owners.ts';

const ANN = { sessionId: 'a', userId: 'ann', username: 'Ann', roles: ['CREATOR'] };

/** Knows only Ann's session, and records the queries. */
function ownersOf(rows: unknown[]) {
  const asked: unknown[] = [];
  const reader: Reader = {
    rows: async (_, [ids]) => {
      asked.push(ids);
      return JSON.parse(JSON.stringify(rows));
    },
  };
  return { asked, owners: new SessionOwners(reader) };
}

it('Concurrent requests are served by one statement, each session once', async () => {
  const { asked, owners } = ownersOf([ANN]);
  expect(await Promise.all([owners.of('a'), owners.of('b'), owners.of('a')])).toEqual([ANN, null, ANN]);
  expect(asked).toEqual([['a', 'b']]);
});

it('Nothing is cached: an ended session is invalid for the next request', async () => {
  const rows = [ANN];
  const { asked, owners } = ownersOf(rows);
  expect(await owners.of('a')).not.toBeNull();
  rows.pop();
  expect(await owners.of('a')).toBeNull();
  expect(asked).toHaveLength(2);
});
