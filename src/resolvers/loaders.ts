import DataLoader from 'dataloader';
import { lastChangeFor, type Viewer } from '../auth/viewer.ts';
import type { Scene } from '../entities/scene.ts';
import type { ProviderMetricsType } from '../schema/providers/provider-metrics.type.ts';
import type { RoleView, SubscriptionView, UserView } from '../services/accounts/user-sql.ts';
import type { GenerationPage, GenerationQuery } from '../services/generations/generation-reads.ts';
import type { AttemptView, GenerationScope, VideoCost } from '../services/generations/generation-reads-sql.ts';
import type { QuotaFacts } from '../services/quotas/quota.service.ts';
import type { ServiceQuotaFacts } from '../services/quotas/service-quota.service.ts';
import type { VideoPage, VideoPageQuery } from '../services/videos/list/video-list.ts';
import type { QueuePosition } from '../services/videos/queue-position.ts';
import type { StageView, VideoParts, VideoView } from '../services/videos/video-parts.ts';
import type { ProcessingAttemptView } from '../services/videos/video-reads-sql.ts';
import type { Services } from './services.ts';

/**
 * They combine the reads of one operation into one call each. Keys are UUIDs. They cache what they loaded, so they live as
 * long as one operation, or one event of a subscription. Most operations need one or two: each is created at its first use.
 */
export class Loaders {
  readonly #services: Services;
  readonly #viewer: Viewer | null;
  #users: DataLoader<string, UserView | null> | undefined;
  #roles: DataLoader<string, RoleView[]> | undefined;
  #subscriptions: DataLoader<string, SubscriptionView | null> | undefined;
  #quotas: DataLoader<string, QuotaFacts[]> | undefined;
  #serviceQuotas: DataLoader<string, ServiceQuotaFacts | null> | undefined;
  #scenes: DataLoader<string, readonly Scene[]> | undefined;
  #stages: DataLoader<string, readonly StageView[]> | undefined;
  #processingHistory: DataLoader<string, readonly ProcessingAttemptView[]> | undefined;
  #waiting: DataLoader<string, QueuePosition | null> | undefined;
  #videos: Map<string, DataLoader<string, VideoView | null>> | undefined;
  #videoLists: Map<string, DataLoader<string, VideoPage | null>> | undefined;
  #videoCounts: Map<string, DataLoader<string, number>> | undefined;
  #generations: Map<string, DataLoader<string, GenerationPage>> | undefined;
  #generationCounts: Map<string, DataLoader<string, number>> | undefined;
  #attempts: DataLoader<string, readonly AttemptView[]> | undefined;
  #costs: DataLoader<string, VideoCost> | undefined;
  #metrics: Map<number, DataLoader<string, ProviderMetricsType>> | undefined;

  constructor(services: Services, viewer: Viewer | null) {
    this.#services = services;
    this.#viewer = viewer;
  }

  get users(): DataLoader<string, UserView | null> {
    this.#users ??= new DataLoader((ids) => this.#services.users.loadByIds(ids));
    return this.#users;
  }

  get roles(): DataLoader<string, RoleView[]> {
    this.#roles ??= new DataLoader((ids) => this.#services.users.rolesOf(ids));
    return this.#roles;
  }

  get subscriptions(): DataLoader<string, SubscriptionView | null> {
    this.#subscriptions ??= new DataLoader((ids) => this.#services.users.subscriptionsOf(ids));
    return this.#subscriptions;
  }

  get quotas(): DataLoader<string, QuotaFacts[]> {
    this.#quotas ??= new DataLoader((ids) => this.#services.quotas.quotasOfEach(ids));
    return this.#quotas;
  }

  /** By the provider's name. */
  get serviceQuotas(): DataLoader<string, ServiceQuotaFacts | null> {
    this.#serviceQuotas ??= new DataLoader((names) => this.#services.serviceQuotas.ofEach(names));
    return this.#serviceQuotas;
  }

  get scenes(): DataLoader<string, readonly Scene[]> {
    this.#scenes ??= new DataLoader((ids) => this.#services.videos.scenesOf(ids));
    return this.#scenes;
  }

  get stages(): DataLoader<string, readonly StageView[]> {
    this.#stages ??= new DataLoader((ids) => this.#services.videos.stagesOf(ids));
    return this.#stages;
  }

  /** The caller has checked that the viewer may see these videos. */
  get processingHistory(): DataLoader<string, readonly ProcessingAttemptView[]> {
    this.#processingHistory ??= new DataLoader((ids) => this.#services.videos.historyOf(ids));
    return this.#processingHistory;
  }

  /** Null for a video that does not wait for a worker; the caller has checked that the viewer may see these videos. */
  get waiting(): DataLoader<string, QueuePosition | null> {
    this.#waiting ??= new DataLoader((ids) => this.#services.waiting.of(ids));
    return this.#waiting;
  }

  /** Null for a video that does not exist for the viewer. */
  videos(parts: VideoParts): DataLoader<string, VideoView | null> {
    const viewer = this.#viewer;
    const load = async (ids: readonly string[]) =>
      viewer ? await this.#services.videos.findMany(viewer, ids, parts) : ids.map(() => null);
    this.#videos ??= new Map();
    return getOrCreate(this.#videos, parts.key, () => new DataLoader(load));
  }

  /** The same page of several owners' lists, by the owner; null for a list that the viewer may not see. */
  videoLists(query: VideoPageQuery, parts: VideoParts): DataLoader<string, VideoPage | null> {
    const viewer = this.#viewer;
    const load = async (ids: readonly string[]) =>
      viewer ? await this.#services.videoList.pages(viewer, ids, query, parts) : ids.map(() => null);
    this.#videoLists ??= new Map();
    return getOrCreate(this.#videoLists, `${parts.key} ${JSON.stringify(query)}`, () => new DataLoader(load));
  }

  /** How many videos that fit the filter each owner has; the caller has checked that the viewer may see these lists. */
  videoCounts({ filter }: VideoPageQuery): DataLoader<string, number> {
    const viewer = this.#viewer;
    const load = async (ids: readonly string[]) =>
      viewer ? await this.#services.videoList.counts(viewer, ids, filter) : ids.map(() => 0);
    this.#videoCounts ??= new Map();
    return getOrCreate(this.#videoCounts, JSON.stringify(filter ?? null), () => new DataLoader(load));
  }

  /** The same page of several users' or videos' generations; the caller has checked that the viewer may see these lists. */
  generations(scope: GenerationScope, query: GenerationQuery): DataLoader<string, GenerationPage> {
    const load = (ids: readonly string[]) => this.#services.generations.pages(scope, ids, query, this.#lastChange);
    this.#generations ??= new Map();
    return getOrCreate(this.#generations, `${scope} ${JSON.stringify(query)}`, () => new DataLoader(load));
  }

  /** How many generations each of these lists has. */
  generationCounts(scope: GenerationScope, type: GenerationQuery['type']): DataLoader<string, number> {
    const load = (ids: readonly string[]) => this.#services.generations.counts(scope, ids, type, this.#lastChange);
    this.#generationCounts ??= new Map();
    return getOrCreate(this.#generationCounts, `${scope} ${type ?? ''}`, () => new DataLoader(load));
  }

  /** By the generation's id. */
  get attempts(): DataLoader<string, readonly AttemptView[]> {
    this.#attempts ??= new DataLoader((ids) => this.#services.generations.attemptsOf(ids, this.#lastChange));
    return this.#attempts;
  }

  /** By the video's id. */
  get costs(): DataLoader<string, VideoCost> {
    this.#costs ??= new DataLoader((ids) => this.#services.generations.costsOf(ids, this.#lastChange));
    return this.#costs;
  }

  /** By the provider's name. */
  metrics(windowMinutes: number): DataLoader<string, ProviderMetricsType> {
    const load = (names: readonly string[]) => this.#services.providers.metricsOfEach(names, windowMinutes);
    this.#metrics ??= new Map();
    return getOrCreate(this.#metrics, windowMinutes, () => new DataLoader(load));
  }

  get #lastChange(): number | undefined {
    return this.#viewer ? lastChangeFor(this.#viewer) : undefined;
  }
}

function getOrCreate<Key, Loader>(loaders: Map<Key, Loader>, key: Key, make: () => Loader): Loader {
  const known = loaders.get(key);
  if (known) return known;
  const loader = make();
  loaders.set(key, loader);
  return loader;
}
