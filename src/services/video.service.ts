import { randomUUIDv7 } from 'node:crypto';
import { seesEverything, type Viewer } from '../auth/viewer.ts';
import type { Database } from '../db/database.ts';
import { type Em, sqlOf } from '../db/orm.ts';
import { PipelineStage, type Platform, valuesOf } from '../entities/enums.ts';
import { Job } from '../entities/job.ts';
import { OutboxMessage } from '../entities/outbox-message.ts';
import { Scene } from '../entities/scene.ts';
import { Video } from '../entities/video.ts';
import { VideoStage, type VideoStageFacts } from '../entities/video-stage.ts';
import type { EventBus } from '../events/event-bus.ts';
import { recordStep } from '../events/event-log.ts';
import { Faults, faultsOf, LIMITS, type MakerAbilities, type NewVideo, sourceOf, tidy } from './new-video.ts';
import type { QuotaService } from './quota.service.ts';
import { UserFaultError } from './user-fault.ts';

/** A field left out (undefined) stays as it is; null clears it. */
export interface VideoChanges {
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly script?: string | null | undefined;
  readonly tags?: readonly string[] | null | undefined;
  readonly platforms?: readonly Platform[] | null | undefined;
  readonly seoTitle?: string | null | undefined;
  readonly seoDescription?: string | null | undefined;
  readonly seoKeywords?: readonly string[] | null | undefined;
}

export interface VideoServiceParts {
  readonly db: Database;
  readonly quotas: QuotaService;
  readonly abilities: MakerAbilities;
  readonly bus: EventBus;
  /** Told after a commit that left work in the outbox, so that it need not be waited for. */
  readonly onWork: () => void;
}

const UNFINISHED = ['PENDING', 'PROCESSING', 'AWAITING_APPROVAL'] as const;
const PLACEHOLDER_TITLE = 'Untitled video';

/** Making, changing, deleting and finding videos. What a viewer may not see does not exist for them. */
export class VideoService {
  readonly #parts: VideoServiceParts;

  constructor(parts: VideoServiceParts) {
    this.#parts = parts;
  }

  /** Accepts a video: row, quota, job, outbox and first event in one transaction. Throws UserFaultError with every fault at once. */
  async create(viewer: Viewer, input: NewVideo): Promise<Video> {
    const { db, quotas, abilities, bus, onWork } = this.#parts;
    const faults = faultsOf(input, abilities);
    if (faults.length > 0) throw new UserFaultError(...faults);
    const id = randomUUIDv7();
    const video = await db.transaction(async (em) => {
      await quotas.reserveVideo(em, viewer.userId);
      addVideo(em, id, viewer.userId, input);
      await em.flush();
      await recordStep(em, {
        videoId: id,
        status: 'PENDING',
        progress: 0,
        currentStage: 'SCRIPT',
        message: 'Accepted; waiting for a worker.',
      });
      return await em.findOneOrFail(Video, id, { refresh: true });
    });
    bus.announce(viewer.userId);
    onWork();
    return video;
  }

  /** Throws NOT_FOUND, or every fault of the changes; then nothing is changed. */
  async update(viewer: Viewer, videoId: string, changes: VideoChanges): Promise<Video> {
    return await this.#parts.db.transaction(async (em) => {
      const video = await this.#owned(em, viewer, videoId);
      const faults = faultsOfChanges(changes);
      if (faults.length > 0) throw new UserFaultError(...faults);
      applyChanges(video, changes);
      video.updatedAt = new Date();
      await em.flush();
      return video;
    });
  }

  /** Gone at once for everyone; a video in the making is canceled. Its files and rows are purged later. */
  async remove(viewer: Viewer, videoId: string): Promise<void> {
    const { db, quotas, bus } = this.#parts;
    const ownerId = await db.transaction(async (em) => {
      await this.#stopJob(em, viewer, videoId);
      const video = await this.#owned(em, viewer, videoId);
      if (UNFINISHED.some((status) => status === video.status)) {
        await recordStep(em, {
          videoId,
          status: 'CANCELED',
          progress: video.progress,
          message: 'The video was deleted.',
        });
        await quotas.settleVideo(em, video.ownerId, 'released');
      }
      await sqlOf(em).updateTable('videos').set({ deleted_at: new Date() }).where('id', '=', videoId).execute();
      return video.ownerId;
    });
    bus.announce(ownerId);
  }

  /** The video, or null where it does not exist for this viewer. */
  async find(viewer: Viewer, videoId: string): Promise<Video | null> {
    const [video] = await this.findMany(viewer, [videoId]);
    return video ?? null;
  }

  /** In the order of the ids; null for each that does not exist for this viewer. */
  async findMany(viewer: Viewer, videoIds: readonly string[]): Promise<(Video | null)[]> {
    const mine = seesEverything(viewer) ? {} : { ownerId: viewer.userId };
    const videos = await this.#parts.db.em().find(Video, { id: { $in: [...videoIds] }, deletedAt: null, ...mine });
    const byId = new Map(videos.map((video) => [video.id, video]));
    return videoIds.map((id) => byId.get(id) ?? null);
  }

  async findScene(viewer: Viewer, sceneId: string): Promise<Scene | null> {
    const scene = await this.#parts.db.em().findOne(Scene, { id: sceneId });
    return scene && (await this.find(viewer, scene.videoId)) ? scene : null;
  }

  /** The scenes of each video, in order. */
  async scenesOf(videoIds: readonly string[]): Promise<Scene[][]> {
    const scenes = await this.#parts.db
      .em()
      .find(Scene, { videoId: { $in: [...videoIds] } }, { orderBy: { position: 'asc' } });
    const byVideo = Map.groupBy(scenes, (scene) => scene.videoId);
    return videoIds.map((id) => byVideo.get(id) ?? []);
  }

  /** The six stages of each video, in the order in which they run. */
  async stagesOf(videoIds: readonly string[]): Promise<VideoStageFacts[][]> {
    const stages = await this.#parts.db
      .em()
      .find(VideoStage, { videoId: { $in: [...videoIds] } }, { exclude: ['output'] });
    const order = valuesOf(PipelineStage);
    const byVideo = Map.groupBy(stages, (stage) => stage.videoId);
    return videoIds.map((id) =>
      (byVideo.get(id) ?? []).toSorted((one, other) => order.indexOf(one.stage) - order.indexOf(other.stage)),
    );
  }

  /** The fence counts up, so that a worker that is still at it is refused. Jobs are locked before videos, as workers do. */
  async #stopJob(em: Em, viewer: Viewer, videoId: string): Promise<void> {
    if (!(await this.find(viewer, videoId))) return;
    await sqlOf(em)
      .updateTable('jobs')
      .set((row) => ({ status: 'FAILED', finished_at: new Date(), fence: row('fence', '+', 1) }))
      .where('video_id', '=', videoId)
      .where('status', 'in', ['WAITING', 'ACTIVE'])
      .execute();
  }

  /** Locked until the transaction ends. */
  async #owned(em: Em, viewer: Viewer, videoId: string): Promise<Video> {
    const video = await em.findOne(Video, { id: videoId, deletedAt: null }, { lockMode: 4 });
    if (video && (video.ownerId === viewer.userId || seesEverything(viewer))) return video;
    throw new UserFaultError({ code: 'NOT_FOUND', message: 'There is no such video.', field: ['id'] });
  }
}

function addVideo(em: Em, id: string, ownerId: string, input: NewVideo): void {
  const source = sourceOf(input);
  const title = input.title == null ? '' : tidy(input.title);
  em.create(Video, {
    id,
    ownerId,
    title: title || PLACEHOLDER_TITLE,
    titleGiven: title !== '',
    description: input.description == null ? null : tidy(input.description),
    source,
    script: source.kind === 'script' ? source.text : null,
    language: input.language,
    aspectRatio: input.aspectRatio,
    resolution: input.resolution,
    targetDurationSeconds: input.targetDurationSeconds ?? null,
    voiceId: input.voice?.voiceId ?? null,
    voiceSpeed: input.voice?.speed ?? 1,
    visualStyle: input.visualStyle == null ? null : tidy(input.visualStyle),
    burnInCaptions: input.burnInCaptions,
    musicMood: input.music ? (input.music.mood ?? 'calm') : null,
    musicVolume: input.music?.volume ?? null,
    tags: distinct(input.tags),
    platforms: [...new Set(input.platforms ?? [])],
  });
  for (const stage of valuesOf(PipelineStage)) em.create(VideoStage, { videoId: id, stage });
  const jobId = randomUUIDv7();
  em.create(Job, { id: jobId, queue: 'VIDEO', videoId: id });
  em.create(OutboxMessage, { queue: 'VIDEO', jobId, ring: 0 });
}

function faultsOfChanges(changes: VideoChanges): UserFaultError['faults'] {
  const faults = new Faults();
  if (changes.title === null)
    faults.add('REQUIRED', 'A video needs a title: give one, or leave it out to keep it.', 'title');
  if (changes.script !== undefined)
    faults.add(
      'INVALID_STATE',
      'The script can be changed only while the video waits for the approval of its script.',
      'script',
    );
  faults.present(changes.title, 'title');
  faults.length(changes.title, LIMITS.title, 'title');
  faults.length(changes.description, LIMITS.description, 'description');
  faults.length(changes.seoTitle, LIMITS.seoTitle, 'seoTitle');
  faults.length(changes.seoDescription, LIMITS.seoDescription, 'seoDescription');
  faults.tags(changes.tags, 'tags');
  faults.tags(changes.seoKeywords, 'seoKeywords');
  return faults.found;
}

function applyChanges(video: Video, changes: VideoChanges): void {
  if (changes.title != null) {
    video.title = tidy(changes.title);
    video.titleGiven = true;
  }
  if (changes.description !== undefined)
    video.description = changes.description === null ? null : tidy(changes.description);
  if (changes.tags !== undefined) video.tags = distinct(changes.tags);
  if (changes.platforms !== undefined) video.platforms = [...new Set(changes.platforms ?? [])];
  if (changes.seoTitle !== undefined) video.seoTitle = changes.seoTitle === null ? null : tidy(changes.seoTitle);
  if (changes.seoDescription !== undefined)
    video.seoDescription = changes.seoDescription === null ? null : tidy(changes.seoDescription);
  if (changes.seoKeywords !== undefined) video.seoKeywords = distinct(changes.seoKeywords);
}

function distinct(tags: readonly string[] | null | undefined): string[] {
  return [...new Set((tags ?? []).map(tidy))];
}
