import { beforeAll, describe, expect, it } from 'vitest';
import { LoginDocument } from '../../src/cli/generated/documents.ts';
import { Api } from '../../src/cli/make/server/api.ts';
import { Session } from '../../src/cli/make/server/session.ts';
import { type ProgressEvent, watchVideo } from '../../src/cli/make/server/watch.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { BreakableProxy } from '../helpers/breakable-proxy.ts';
import { Client } from '../helpers/client.ts';
import { useApp } from '../helpers/fixtures.ts';
import { LogoutDocument } from '../helpers/generated/documents.ts';

const SLOW = 120_000;
const STAGES = ['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'];

const app = useApp();
let ann: Client;

beforeAll(async () => {
  ann = await app.signedIn('ann');
});

describe('Watching a video over a connection that breaks', () => {
  const request = {
    script: 'One.',
    aspectRatio: 'SQUARE_1_1',
    resolution: 'SD_480',
    burnInCaptions: false,
  } as const;

  it(
    'shows every event once and in order',
    async () => {
      const proxy = await BreakableProxy.to(app.url);
      const session = await signIn(proxy.url);
      const { id, cursor } = await ann.makeVideo(request);
      const events = await watched(session, id, cursor, (count) => {
        if (count % 3 === 0) proxy.cut();
      });
      expect(proxy.cuts).toBeGreaterThan(2);
      expect(new Set(events.map(({ stage }) => stage).filter(Boolean))).toEqual(new Set(STAGES));
      expect(ids(events)).toEqual(ids(await watched(await signIn(app.url), id, cursor)));
      await proxy.close();
    },
    SLOW,
  );

  it(
    'signs in again if the session has expired meanwhile',
    async () => {
      const session = await signIn(app.url);
      const before = session.tokens.accessToken;
      const { id, cursor } = await ann.makeVideo(request);
      let ended: Promise<unknown> = Promise.resolve();
      const events = await watched(session, id, cursor, (count) => {
        if (count === 2) ended = new Client(app.url, before).ask(LogoutDocument, { everywhere: false });
      });
      await ended;
      expect(session.tokens.accessToken).not.toBe(before);
      expect(ids(events)).toEqual(ids(await watched(session, id, cursor)));
    },
    SLOW,
  );

  it(
    'fails with a message if a bare token has expired',
    async () => {
      const { login } = await new Client(app.url, null).ask(LoginDocument, {
        input: { identifier: 'ann', password: PASSWORD },
      });
      const token = login?.tokens?.accessToken ?? '';
      const session = await Session.open(new Api(app.url, new AbortController().signal), { kind: 'token', token });
      const { id, cursor } = await ann.makeVideo(request);
      const watching = watched(session, id, cursor, (count) => {
        if (count === 1) void new Client(app.url, token).ask(LogoutDocument, { everywhere: false });
      });
      await expect(watching).rejects.toMatchObject({ code: 'API_UNAUTHENTICATED' });
    },
    SLOW,
  );
});

async function signIn(url: string): Promise<Session> {
  const identity = { kind: 'password', identifier: 'ann', password: PASSWORD } as const;
  return await Session.open(new Api(url, new AbortController().signal), identity);
}

async function watched(
  session: Session,
  videoId: string,
  after: string,
  onEvent: (count: number) => void = () => undefined,
): Promise<ProgressEvent[]> {
  const events: ProgressEvent[] = [];
  const { signal } = session.api;
  for await (const event of watchVideo({ session, videoId, after, signal, onInterruption: () => undefined })) {
    events.push(event);
    onEvent(events.length);
  }
  return events;
}

const ids = (events: readonly ProgressEvent[]) => events.map(({ id }) => id);
