import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeId } from '../../src/ids.ts';
import { DEFAULT_QUOTA_LIMITS } from '../../src/quota-settings.ts';
import type { Client } from '../helpers/client.ts';
import { useApp } from '../helpers/fixtures.ts';
import { httpTransport, streamTransport } from '../helpers/transports.ts';
import { SocketClient } from './socket-client.ts';

const app = useApp({ worker: false });
const QUOTAS = 'subscription { quotaChanged { used } }';
const opened: SocketClient[] = [];
afterEach(() => Promise.all(opened.splice(0).map((client) => client.leave())));

async function socketOf({ token }: Client): Promise<SocketClient> {
  const client = await SocketClient.connect(`${app.url.replace('http', 'ws')}/graphql`, {
    authorization: `Bearer ${token}`,
  });
  opened.push(client);
  return client;
}

/** As an operator at the command line, or another process, does it: without a notice. */
const run = (statement: string) => app.installation.db.em().execute(statement);
const where = (username: string) => `where user_id = (select id from users where username = '${username}')`;

describe('An open socket, without any notice', () => {
  it.each([
    [
      'whose user becomes inactive',
      'ann-0',
      0,
      () => run("update users set is_active = false where username = 'ann-0'"),
    ],
    ['whose user is deleted', 'ann-1', 0, () => run("delete from users where username = 'ann-1'")],
    ['whose session is revoked', 'ann-2', 0, () => run(`update sessions set revoked_at = now() ${where('ann-2')}`)],
    ['whose user loses a role', 'ann-3', 0, () => run(`delete from user_roles ${where('ann-3')} and role = 'CREATOR'`)],
    [
      'of a role that expires',
      'ann-4',
      300,
      () => run(`update user_roles set expires_at = now() + interval '300 ms' ${where('ann-4')} and role = 'CREATOR'`),
    ],
  ])('%s is closed with 4403 within a second', async (_name, username, inMs, change) => {
    const client = await socketOf(await app.signedIn(username));
    const bystander = await socketOf(await app.signedIn(`not-${username}`));
    client.subscribe('1', QUOTAS);
    await client.gets('next', '1');
    const at = Date.now() + inMs;
    await change();
    expect(await client.closeCode()).toBe(4403);
    expect((client.closed?.at ?? 0) - at).toBeLessThan(1_000);
    bystander.subscribe('1', QUOTAS);
    await bystander.gets('next', '1');
  });

  it('stays open when its user is given a role, and has its permissions at once', async () => {
    const client = await socketOf(await app.signedIn('ann-5'));
    client.subscribe('1', '{ queues { name } }');
    expect(await client.gets('next', '1')).toMatchObject({
      payload: { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
    });
    await run(`insert into user_roles (user_id, role) select id, 'ADMIN' from users where username = 'ann-5'`);
    const at = Date.now();
    for (let id = 2; Date.now() - at < 1_000; id++) {
      client.subscribe(String(id), '{ queues { name } }');
      const { payload } = await client.gets('next', String(id));
      if (!JSON.stringify(payload).includes('FORBIDDEN')) return;
    }
    expect.fail('The role was not in force within a second.');
  });
});

describe('An event stream', () => {
  /** Opened, with its first event. */
  async function streamOf(token: string, query = QUOTAS) {
    const response = await fetch(`${app.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const readUntil = async (isThere: (text: string) => boolean) => {
      while (!isThere(text)) {
        const chunk = await reader?.read();
        if (!chunk || chunk.done) break;
        text += chunk.value;
      }
      return text;
    };
    await readUntil((sofar) => sofar.includes('quotaChanged'));
    return {
      /** What comes from now on, to the end. */
      rest: async () => await readUntil(() => false),
      readUntil,
      leave: async () => await reader?.cancel(),
    };
  }

  async function keyOf(client: Client): Promise<string> {
    const query = 'mutation { createApiKey(input: { name: "k", permissions: [USER_READ] }) { secret } }';
    const { data } = await httpTransport(app.url, client.token).send({ query, variables: {} });
    return z.object({ createApiKey: z.object({ secret: z.string() }) }).parse(data).createApiKey.secret;
  }

  it.each([
    ['its API key is revoked', 'kay-0', 0, () => run(`update api_keys set revoked_at = now() ${where('kay-0')}`)],
    ['its API key is deleted', 'kay-1', 0, () => run(`delete from api_keys ${where('kay-1')}`)],
    [
      'its API key expires',
      'kay-2',
      300,
      () => run(`update api_keys set expires_at = now() + interval '300 ms' ${where('kay-2')}`),
    ],
    [
      'its API key loses a permission',
      'kay-3',
      0,
      () => run(`update api_keys set permissions = '{VIDEO_READ}' ${where('kay-3')}`),
    ],
    [
      'a role of the owner of its API key expires',
      'kay-4',
      300,
      () => run(`update user_roles set expires_at = now() + interval '300 ms' ${where('kay-4')} and role = 'CREATOR'`),
    ],
  ])('ends with UNAUTHENTICATED within a second when %s', async (_when, username, inMs, change) => {
    const stream = await streamOf(await keyOf(await app.signedIn(username)));
    const at = Date.now() + inMs;
    await change();
    expect(await stream.rest()).toContain('"code":"UNAUTHENTICATED"');
    expect(Date.now() - at).toBeLessThan(1_000);
  });

  it('ends when a role of its user expires', async () => {
    const stream = await streamOf((await app.signedIn('rolf')).token ?? '');
    await run(`update user_roles set expires_at = now() + interval '300 ms' ${where('rolf')} and role = 'CREATOR'`);
    expect(await stream.rest()).toContain('"code":"UNAUTHENTICATED"');
  });

  it('goes on when the plan of its user changes, and shows what that changes', async () => {
    const stream = await streamOf((await app.signedIn('paul')).token ?? '', 'subscription { quotaChanged { limit } }');
    const admin = await app.signedIn('paula', 'ADMIN');
    const { rows } = await sql<{ id: string }>`select id from users where username = 'paul'`.execute(
      app.installation.db.sql(),
    );
    const query = `mutation { setPlan(userId: "${encodeId('user', rows[0]?.id ?? '')}", plan: PREMIUM) { userErrors { code } } }`;
    const { data } = await httpTransport(app.url, admin.token).send({ query, variables: {} });
    expect(data).toEqual({ setPlan: { userErrors: [] } });
    const premium = DEFAULT_QUOTA_LIMITS.find(({ plan, type }) => plan === 'PREMIUM' && type === 'VIDEO');
    const text = await stream.readUntil((sofar) => sofar.includes(`"limit":${premium?.most}}`));
    expect(text).not.toContain('UNAUTHENTICATED');
    await stream.leave();
  });

  it('ends with UNAUTHENTICATED when its user becomes inactive', async () => {
    const { token } = await app.signedIn('ann-6');
    const response = await fetch(`${app.url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: QUOTAS }),
    });
    await run("update users set is_active = false where username = 'ann-6'");
    const at = Date.now();
    expect(await response.text()).toContain('"code":"UNAUTHENTICATED"');
    expect(Date.now() - at).toBeLessThan(1_000);
    expect(await streamTransport(app.url, token).send({ query: QUOTAS, variables: {} })).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });
});
