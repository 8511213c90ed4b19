import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { setEnabled } from '../../../src/services/providers/provider-state-store.ts';
import { SharedProviderStates } from '../../../src/services/providers/shared-provider-states.ts';
import { createTestDatabase } from '../../helpers/database.ts';

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** Two processes that share the database. */
function processes() {
  const changes: string[] = [];
  const onChange = (provider: string) => void changes.push(provider);
  return { one: new SharedProviderStates({ db, onChange }), two: new SharedProviderStates({ db, onChange }), changes };
}

async function fail(states: SharedProviderStates, provider: string, times: number, code = 'OPENAI_API_ERROR') {
  for (let failure = 1; failure <= times; failure++) await states.failed(provider, code);
}

async function restIsOver(provider: string) {
  await sql`update provider_states set retry_at = now() - interval '1 second' where name = ${provider}`.execute(
    db.sql(),
  );
}

const ADMITTED = { admitted: true };

describe('A provider that keeps failing', () => {
  it('rests in all processes from the fifth failure in a row on, whichever of them has seen it', async () => {
    const { one, two, changes } = processes();
    await fail(one, 'a', 2);
    await fail(two, 'a', 2);
    expect(await one.admit('a')).toEqual(ADMITTED);
    expect(changes).toEqual([]);
    await fail(one, 'a', 1);
    const resting = { admitted: false, because: 'RESTING', seconds: 60 };
    expect([await one.admit('a'), await two.admit('a')]).toEqual([resting, resting]);
    expect(changes).toEqual(['a']);
  });

  it('is called once after its rest, and by all again once that call has succeeded', async () => {
    const { one, two, changes } = processes();
    await fail(one, 'b', 5);
    await restIsOver('b');
    const admissions = await Promise.all([one.admit('b'), two.admit('b'), one.admit('b'), two.admit('b')]);
    expect(admissions.filter(({ admitted }) => admitted)).toHaveLength(1);
    await two.succeeded('b');
    expect([await one.admit('b'), await two.admit('b')]).toEqual([ADMITTED, ADMITTED]);
    expect(changes).toEqual(['b', 'b']);
    await fail(one, 'b', 4);
    expect(await one.admit('b')).toEqual(ADMITTED);
  });

  it('rests again where the single call fails', async () => {
    const { one } = processes();
    await fail(one, 'c', 5);
    await restIsOver('c');
    expect(await one.admit('c')).toEqual(ADMITTED);
    await fail(one, 'c', 1);
    expect(await one.admit('c')).toMatchObject({ because: 'RESTING', seconds: 60 });
  });

  it.each(['OPENAI_INVALID_API_KEY', 'OPENAI_QUOTA_EXCEEDED'])(
    'with %s rests at once, for five minutes',
    async (code) => {
      const { one } = processes();
      await fail(one, code, 1, code);
      expect(await one.admit(code)).toEqual({ admitted: false, because: 'RESTING', seconds: 300 });
    },
  );

  it.each(['OPENAI_CONTENT_REJECTED', 'UNKNOWN_VOICE', 'UNSUPPORTED_LANGUAGE'])(
    'does not rest for %s, which depends on the request',
    async (code) => {
      const { one } = processes();
      await fail(one, code, 9, code);
      expect(await one.admit(code)).toEqual(ADMITTED);
    },
  );
});

describe('A provider that an operator has disabled', () => {
  it('is called by no process until it is enabled', async () => {
    const { one, two } = processes();
    await setEnabled(db.sql(), 'd', false);
    expect(await one.admit('d')).toEqual({ admitted: false, because: 'DISABLED' });
    await two.succeeded('d');
    expect(await two.admit('d')).toEqual({ admitted: false, because: 'DISABLED' });
    await setEnabled(db.sql(), 'd', true);
    expect(await two.admit('d')).toEqual(ADMITTED);
  });
});
