/**
 * Our server with its production settings, in a separate process; only the event log is an array instead of a table,
 * and events are published by this process only. For bench/fan-out/main.ts, compiled.
 */
import { permissionsOf } from '../../src/auth/role-permissions.ts';
import { TokenSigner } from '../../src/auth/tokens.ts';
import type { Viewer } from '../../src/auth/viewer.ts';
import type { VideoEvent } from '../../src/entities/video-event.ts';
import type { EventLog, VideoEventPosition } from '../../src/events/event-log.ts';
import { LiveSource } from '../../src/events/live-source.ts';
import { EventBus } from '../../src/events/redis/event-bus.ts';
import { RedisPubSub } from '../../src/events/redis/redis-pub-sub.ts';
import { VideoFeed } from '../../src/events/video-feed.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import { createContext } from '../../src/resolvers/context.ts';
import { buildAppSchema } from '../../src/schema/build/build-schema.ts';
import { formatError } from '../../src/schema/errors/format-error.ts';
import { parseOptions, validationRules } from '../../src/schema/limits/limits.ts';
import { startServer } from '../../src/server/start-server.ts';
import { LinkSigner } from '../../src/storage/signed-links.ts';
import { fakeServices } from '../../test/schema/fake-services.ts';
import { BENCH_SECRET } from '../shared/production.ts';
import { eventOf, OWNER, VIDEO } from './event.ts';
import { serve } from './publisher-process.ts';

class LogInMemory implements Pick<EventLog, 'after' | 'newest'> {
  /** Indexed by their numbers; the first one exists from the start, as that of a waiting video. */
  readonly #events: VideoEvent[] = [eventOf(0)];

  add(event: VideoEvent): void {
    this.#events.push(event);
  }

  async after({ seq }: VideoEventPosition, _videoId: string | undefined, limit: number): Promise<VideoEvent[]> {
    return this.#events.slice(seq + 1, seq + 1 + limit);
  }

  async newest(): Promise<VideoEvent | null> {
    return this.#events.at(-1) ?? null;
  }
}

const signer = new TokenSigner(BENCH_SECRET);
const log = new LogInMemory();
const bus = new EventBus(new RedisPubSub({ redisUrl: 'redis://127.0.0.1:1', prefix: 'bench' }));
const feed = new VideoFeed(log, bus);
let subscribed = 0;

async function authenticate(token: string): Promise<Viewer> {
  const { userId, sessionId, expiresAt } = signer.verifyAccess(token);
  const roles = ['CREATOR'] as const;
  return { userId, username: 'me', roles, permissions: permissionsOf(roles), sessionId, tokenExpiresAt: expiresAt };
}

async function watch(): Promise<LiveSource> {
  subscribed++;
  return new LiveSource(feed, { ownerId: OWNER, videoId: VIDEO });
}

const server = await startServer({
  config: { env: 'production', host: '127.0.0.1', port: 0, introspection: false },
  schema: buildAppSchema(),
  rules: { validationRules, parseOptions, formatError },
  authenticate,
  createContext: createContext({ services: fakeServices({ feed: { watchVideo: watch, watchOwner: watch } }) }),
  links: new LinkSigner({ secret: BENCH_SECRET, publicUrl: '' }),
  storage: { stat: async () => null, localPath: async (key) => key },
  health: { isReady: async () => true, status: async () => ({ status: 'HEALTHY' }) },
  sessions: { onRevoked: () => () => {} },
  logger: createLogger({ level: 'info' }),
});

serve({
  url: server.url,
  subscribed: () => subscribed,
  publish: (number) => {
    log.add(eventOf(number));
    bus.publish({ ownerId: OWNER, videoId: VIDEO });
  },
});
