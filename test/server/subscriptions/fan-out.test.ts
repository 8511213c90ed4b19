import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Random } from '../../../src/providers/local/cards/random.ts';
import { TestServer, until } from '../harness.ts';
import { useServerSockets } from '../server-sockets.ts';
import { type Message, SocketClient } from '../socket-client.ts';

const sockets = useServerSockets();
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ limits: { sessionCheckMs: 50 } });
  server.backend.live.write();
});
afterAll(() => server.close());
afterEach(() => until(() => server.backend.live.bus.subscribers === 0));

const SEQS = 'subscription ($after: Int) { live(after: $after) { seq } }';
const LONG = 'subscription ($after: Int) { live(after: $after) { seq text(characters: 400000) } }';
const ROLES = 'subscription ($after: Int) { live(after: $after) { seq roles } }';

/** A signed-in user on a separate socket. */
const connect = (token: string, at = server) => {
  at.backend.signIn(token);
  return SocketClient.connect(at.socketUrl, { authorization: `Bearer ${token}` });
};

/** The events that a client has received for one operation. */
function given(client: SocketClient, id: string): { seq: number; roles?: string | undefined }[] {
  return client.of('next', id).map(liveIn);
}

const seqsOf = (client: SocketClient, id: string) => given(client, id).map(({ seq }) => seq);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const message = z.object({
  data: z.object({ live: z.object({ seq: z.number(), roles: z.string().optional() }) }),
});

function liveIn({ payload }: Message): { seq: number; roles?: string | undefined } {
  return message.parse(payload).data.live;
}

describe('A socket that does not read', () => {
  it('gets all events later, and few are executed for it meanwhile; others do not wait', async () => {
    const { backend } = server;
    const after = backend.live.lastSeq;
    const [slow, quick] = await Promise.all([connect('slow'), connect('quick')]);
    slow.subscribe('1', LONG, { after });
    quick.subscribe('1', SEQS, { after });
    backend.live.write();
    await until(() => seqsOf(slow, '1').length === 1 && seqsOf(quick, '1').length === 1);
    await until(() => backend.live.bus.subscribers === 2);
    slow.socket.pause();
    const made = backend.contexts;
    for (let count = 0; count < 60; count++) backend.live.write();
    const last = backend.live.lastSeq;
    await until(() => seqsOf(quick, '1').at(-1) === last);
    // The operating system buffers some; the rest is not executed at all. The other clients got sixty.
    expect(backend.contexts - made).toBeLessThan(60 + 45);
    slow.socket.resume();
    await until(() => slow.closed !== undefined || seqsOf(slow, '1').at(-1) === last);
    expect(seqsOf(slow, '1')).toEqual(numbers(after + 1, last));
    await Promise.all([slow.leave(), quick.leave()]);
  });

  it('is closed with 1013 if it stays slow, and gets all later events from its cursor', async () => {
    const strict = await TestServer.start({ limits: { slowMs: 300 } });
    try {
      const { live } = strict.backend;
      live.write();
      const client = await connect('ann', strict);
      client.subscribe('1', LONG, { after: 0 });
      await until(() => seqsOf(client, '1').length === 1);
      client.socket.pause();
      for (let count = 0; count < 60; count++) live.write();
      await until(() => live.bus.subscribers > 0);
      await until(() => live.bus.subscribers === 0);
      client.socket.resume();
      expect(await client.closeCode()).toBe(1013);
      const first = seqsOf(client, '1');
      expect(first).toEqual(numbers(1, first.length));
      expect(first.length).toBeLessThan(61);
      const seen = [...first];
      // On a busy machine even a client that reads may be too slow for the short limit of this server: it reconnects, as clients do.
      while (seen.at(-1) !== 61) {
        const again = await connect('ann', strict);
        again.subscribe('1', LONG, { after: seen.length });
        await until(() => again.closed !== undefined || seqsOf(again, '1').at(-1) === 61);
        seen.push(...seqsOf(again, '1'));
        await again.leave();
      }
      expect(seen).toEqual(numbers(1, 61));
    } finally {
      await strict.close();
    }
  });
});

describe('A user whose roles change during a subscription', () => {
  it('gets results with the new roles from then on, without a gap; other users are not affected', async () => {
    const { backend } = server;
    const after = backend.live.lastSeq;
    const [ann, bob] = await Promise.all([connect('ann'), connect('bob')]);
    for (const client of [ann, bob]) client.subscribe('1', ROLES, { after });
    backend.live.write();
    await until(() => [ann, bob].every((client) => seqsOf(client, '1').length === 1));
    backend.signIn('ann', { roles: ['ADMIN'] });
    const { checks } = backend;
    await until(() => backend.checks >= checks + 4);
    backend.live.write();
    await until(() => [ann, bob].every((client) => seqsOf(client, '1').length === 2));
    expect(given(ann, '1').map(({ roles }) => roles)).toEqual(['CREATOR', 'ADMIN']);
    expect(given(bob, '1').map(({ roles }) => roles)).toEqual(['CREATOR', 'CREATOR']);
    await Promise.all([ann.leave(), bob.leave()]);
  });

  it('gets nothing more when the session is revoked; other clients of the same stream do', async () => {
    const { backend } = server;
    const after = backend.live.lastSeq;
    const [ann, bob] = await Promise.all([connect('ann'), connect('bob')]);
    for (const client of [ann, bob]) client.subscribe('1', SEQS, { after });
    backend.live.write();
    await until(() => [ann, bob].every((client) => seqsOf(client, '1').length === 1));
    backend.revoke('ann');
    backend.live.write();
    await until(() => seqsOf(bob, '1').length === 2);
    expect(await ann.closeCode()).toBe(4403);
    expect(seqsOf(ann, '1')).toEqual([after + 1]);
    await bob.leave();
  });
});

describe('A client that leaves while its subscription is being opened', () => {
  it.each(['socket', 'complete', 'stream'] as const)('leaves nothing open (%s)', async (how) => {
    const { backend } = server;
    const opening = Promise.withResolvers<void>();
    backend.live.write();
    backend.opening = opening.promise;
    const leaving = new AbortController();
    const client = await connect('ann');
    if (how === 'stream') {
      await fetch(`${server.url}/graphql/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer ann' },
        body: JSON.stringify({ query: SEQS, variables: { after: 0 } }),
        signal: leaving.signal,
      });
    } else client.subscribe('1', SEQS, { after: 0 });
    if (how === 'complete') client.send({ id: '1', type: 'complete' });
    client.subscribe('2', '{ hello }');
    await client.gets('complete', '2');
    await until(() => backend.running.size === 1);
    const open = sockets.size;
    if (how === 'socket') client.socket.terminate();
    if (how === 'stream') leaving.abort();
    // The server reads messages in order: it has read the one that completes the subscription.
    if (how !== 'complete') await until(() => sockets.size < open);
    opening.resolve();
    backend.opening = Promise.resolve();
    await until(() => backend.running.size === 0);
    expect(backend.live.bus.subscribers).toBe(0);
    expect(client.of('next', '1')).toEqual([]);
    client.socket.terminate();
  });
});

/** Subscribes repeatedly from its cursor, like a client on a bad connection, until it has the last event. */
async function watchOnAndOff(random: Random, isLast: (seq: number) => boolean, begin: number): Promise<number[]> {
  const seen: number[] = [];
  let operations = 0;
  let client = await connect('ann');
  while (!isLast(seen.at(-1) ?? begin)) {
    const id = `op-${++operations}`;
    client.subscribe(id, SEQS, { after: seen.at(-1) ?? begin });
    if (random.chance(0.2)) client.socket.pause();
    // Clients stay for different times, which only vary what happens: none of them is waited for.
    await sleep(random.between(0, 60));
    client.socket.resume();
    if (isLast(Number.POSITIVE_INFINITY)) await until(() => isLast(seqsOf(client, id).at(-1) ?? seen.at(-1) ?? begin));
    seen.push(...seqsOf(client, id));
    if (random.chance(0.5)) client.send({ id, type: 'complete' });
    else {
      client.socket.terminate();
      client = await connect('ann');
    }
  }
  client.socket.terminate();
  return seen;
}

describe('With many events', () => {
  it('clients that join and leave miss no event and get none twice, and nothing is left open', async () => {
    const { live } = server.backend;
    const random = new Random('storm');
    const begin = live.lastSeq;
    const last = begin + 200;
    const isLast = (seq: number) => live.lastSeq === last && seq >= last;
    const watching = Array.from({ length: 25 }, (_, index) =>
      watchOnAndOff(new Random(`client ${index}`), isLast, begin),
    );
    while (live.lastSeq < last) {
      live.write();
      if (random.chance(0.3)) await sleep(random.between(0, 6));
    }
    for (const seen of await Promise.all(watching)) expect(seen).toEqual(numbers(begin + 1, last));
  });
});

const postOf = (query: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query }),
});

describe('The counter of results', () => {
  it('shows that clients with the same subscription share one result, with the same fields in the same order as a single one', async () => {
    const { backend } = server;
    // Cached from its second use on: clients share the operation of a cached document.
    for (let use = 0; use < 2; use++) await fetch(`${server.url}/graphql`, postOf(SEQS));
    const before = ['shared', 'single'].map((delivery) => backend.countOf(delivery));
    const clients = await Promise.all(['1', '2', '3'].map(() => connect('ann')));
    const after = backend.live.write();
    for (const client of clients) client.subscribe('1', SEQS, { after: after - 1 });
    await until(() => clients.every((client) => seqsOf(client, '1').length === 1));
    await until(() => backend.live.bus.subscribers === 1);
    backend.live.write();
    await until(() => clients.every((client) => seqsOf(client, '1').length === 2));
    const [shared = 0, single = 0] = before;
    expect(['shared', 'single'].map((delivery) => backend.countOf(delivery))).toEqual([shared + 3, single + 3]);
    for (const client of clients) {
      const [alone, together] = client.of('next', '1').map((one) => JSON.stringify(one));
      expect(together).toBe(alone?.replace(`"seq":${after}`, `"seq":${after + 1}`));
    }
    await Promise.all(clients.map((client) => client.leave()));
  });
});
