import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GenerationType, valuesOf } from '../../../src/entities/enums.ts';
import { encodeId } from '../../../src/ids.ts';
import { TestApp } from '../../helpers/app.ts';
import { Client, type Transport } from '../../helpers/client.ts';
import { useApp } from '../../helpers/fixtures.ts';
import {
  CancelVideoDocument,
  LogoutDocument,
  QuotaChangedDocument,
  SetQuotaDocument,
} from '../../helpers/generated/documents.ts';
import { fakeProviders } from '../../helpers/media/fake-providers.ts';

const app = useApp({ worker: false });
/** Another process of the same installation: it has its own connections. */
let other: TestApp;
let admin: Client;
beforeAll(async () => {
  other = await TestApp.start({ installation: app.installation, worker: false });
  admin = await app.signedIn('boss', 'ADMIN');
});
afterAll(() => other.close());

const ALL = 2 * valuesOf(GenerationType).length;

/** The stream of a user from which the first state of every quota has been read. */
async function watching(user: Client, transport: Transport = 'socket') {
  const watch = user.watch(QuotaChangedDocument, {}, transport);
  await watch.sees(() => watch.events.length >= ALL);
  const first = watch.events.map(({ quotaChanged: { type, period } }) => `${type} ${period}`);
  expect(new Set(first).size).toBe(ALL);
  return watch;
}
const idOf = async (username: string) => {
  const users = app.installation.db.sql().selectFrom('users').select('id').where('username', '=', username);
  return (await users.executeTakeFirstOrThrow()).id;
};
const setQuota = async (username: string, limit: number) =>
  await admin.ask(SetQuotaDocument, {
    userId: encodeId('user', await idOf(username)),
    type: 'IMAGE',
    period: 'DAILY',
    limit,
  });
const script = { script: 'Bees dance.' } as const;

describe.each<Transport>(['socket', 'stream'])('Watching one’s quotas by %s', (transport) => {
  it('shows a reservation and its release, also those that another process makes', async () => {
    const name = `ann-${transport}`;
    const ann = await app.signedIn(name);
    const watch = await watching(ann, transport);
    const { id } = await ann.at(other.url).makeVideo(script);
    const reserved = await watch.sees(
      ({ quotaChanged: { period, reserved } }) => period === 'MONTHLY' && reserved === 1,
    );
    expect(reserved.quotaChanged).toMatchObject({ type: 'VIDEO', used: 0, limit: 500, remaining: 499 });
    await ann.at(other.url).ask(CancelVideoDocument, { id });
    await watch.sees(() => watch.events.length >= ALL + 4);
    const changes = watch.events
      .slice(ALL)
      .map(({ quotaChanged: { type, period, reserved } }) => [type, period, reserved]);
    expect(changes).toEqual([
      ['VIDEO', 'DAILY', 1],
      ['VIDEO', 'MONTHLY', 1],
      ['VIDEO', 'DAILY', 0],
      ['VIDEO', 'MONTHLY', 0],
    ]);
    watch.leave();
    await watch.ended();
  });
});

describe('Watching one’s quotas', () => {
  it('shows what a finished video has used', async () => {
    const bob = await app.signedIn('bob');
    const watch = await watching(bob);
    await bob.makeVideo(script);
    await watch.sees(({ quotaChanged: { reserved } }) => reserved === 1);
    const worker = await TestApp.start({
      installation: app.installation,
      api: false,
      contentProviders: fakeProviders(),
    });
    const used = await watch.sees(({ quotaChanged: { used } }) => used === 1);
    expect(used.quotaChanged).toMatchObject({ type: 'VIDEO', reserved: 0 });
    await worker.close();
    watch.leave();
    await watch.ended();
  });

  it('shows a new limit at once', async () => {
    const cid = await app.signedIn('cid');
    const watch = await watching(cid);
    await setQuota('cid', 7);
    const { quotaChanged } = await watch.sees(({ quotaChanged: { limit } }) => limit === 7);
    expect(quotaChanged).toMatchObject({ type: 'IMAGE', period: 'DAILY', remaining: 7 });
    expect(watch.events).toHaveLength(ALL + 1);
    watch.leave();
    await watch.ended();
  });

  it('shows nothing of other users', async () => {
    const dan = await app.signedIn('dan');
    const eve = await app.signedIn('eve');
    const [his, hers] = [await watching(dan), await watching(eve)];
    await eve.makeVideo(script);
    await hers.sees(({ quotaChanged: { reserved } }) => reserved === 1);
    await setQuota('dan', 3);
    await his.sees(({ quotaChanged: { limit } }) => limit === 3);
    expect(his.events.slice(ALL).map(({ quotaChanged: { type, reserved } }) => [type, reserved])).toEqual([
      ['IMAGE', 0],
    ]);
    for (const watch of [his, hers]) watch.leave();
    await Promise.all([his.ended(), hers.ended()]);
  });

  it('shows nothing of a reservation that was rolled back', async () => {
    const fay = await app.signedIn('fay');
    const watch = await watching(fay);
    await sql`insert into ai_quotas (user_id, type, period, quota_limit, custom_limit, used, reset_at)
      values (${await idOf('fay')}, 'VIDEO', 'MONTHLY', 0, 0, 0, now() + interval '1 day')`.execute(
      app.installation.db.sql(),
    );
    // The day has room, the month has none.
    await expect(fay.makeVideo(script)).rejects.toThrow('QUOTA_EXCEEDED');
    await setQuota('fay', 9);
    await watch.sees(({ quotaChanged: { limit } }) => limit === 9);
    expect(watch.events.slice(ALL).filter(({ quotaChanged: { reserved } }) => reserved > 0)).toEqual([]);
    watch.leave();
    await watch.ended();
  });

  it('ends when its session does', async () => {
    const gus = await app.signedIn('gus');
    const watch = await watching(gus);
    await gus.ask(LogoutDocument, { everywhere: false });
    await watch.ended();
  });

  it('is not for guests', async () => {
    const watch = new Client(app.url, null).watch(QuotaChangedDocument, {});
    expect(String(await watch.ended())).toContain('UNAUTHENTICATED');
    expect(watch.events).toEqual([]);
  });
});
