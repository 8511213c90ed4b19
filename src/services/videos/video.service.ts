import { randomUUIDv7 } from 'node:crypto';
import type { Viewer } from '../../auth/viewer.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import { type Reader, readerOf } from '../../db/prepared.ts';
import type { Platform } from '../../entities/enums.ts';
import type { Scene } from '../../entities/scene.ts';
import type { Video } from '../../entities/video.ts';
import type { EventBus } from '../../events/redis/event-bus.ts';
import type { TraceIds } from '../../trace-ids.ts';
import { forgetContent } from '../generations/generation-store.ts';
import { type IdempotentRequest, subjectOfKey } from '../idempotency.ts';
import { noReadCache } from '../read-cache.ts';
import { type UserFault, UserFaultError } from '../user-fault.ts';
import { CachedVideoReads, type VideoReadCache } from './cached-video-reads.ts';
import { type CreateVideoParts, createVideo } from './create-video.ts';
import {
  cleanText,
  distinct,
  FaultCollector,
  faultsOf,
  LIMITS,
  type NewVideo,
  type ProviderAbilities,
  silenceFaults,
  sourceOf,
} from './create-video-validation.ts';
import { lockVideo, lockVideoAndJob } from './lock-video.ts';
import { givenTitle, newVideoRow } from './new-video-row.ts';
import { pictureWarnings } from './picture-warnings.ts';
import type { RunService } from './run.service.ts';
import { type LanguageFinder, languageWarnings, spokenLanguage } from './spoken-language.ts';
import { suggestedTexts } from './suggestions.ts';
import { mayBeUrgent } from './urgent-sql.ts';
import { ALL_COLUMNS, type StageView, type VideoParts, type VideoView } from './video-parts.ts';
import { VideoReads } from './video-reads.ts';
import type { ProcessingAttemptView } from './video-reads-sql.ts';
import { changeVideo, hideVideo } from './video-store.ts';

/** An undefined field does not change; null clears it. */
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

export interface VideoServiceParts extends CreateVideoParts {
  /** The reader for clients; by default the connections of `db`. */
  readonly reader?: Reader;
  /** Cache for details of videos; by default there is none. */
  readonly readCache?: VideoReadCache;
  readonly runs: RunService;
  readonly abilities: ProviderAbilities;
  /** The same for a user, whose own keys may add providers; by default no user has any. */
  readonly abilitiesOf?: (userId: string) => Promise<ProviderAbilities>;
  readonly finder: LanguageFinder;
  readonly bus: EventBus;
  /** Called after a commit that left work in the outbox, so that it is sent at once. */
  readonly onWork: () => void;
}

/** Creates, changes, deletes and finds videos. A video that a viewer may not see does not exist for them. */
export class VideoService {
  readonly #parts: VideoServiceParts;
  readonly #reads: VideoReads;
  readonly #readCache: VideoReadCache;
  readonly #details: CachedVideoReads;

  constructor(parts: VideoServiceParts) {
    this.#parts = parts;
    this.#reads = new VideoReads(parts.reader ?? readerOf(parts.db));
    this.#readCache = parts.readCache ?? noReadCache();
    this.#details = new CachedVideoReads(this.#reads, new VideoReads(readerOf(parts.db)), this.#readCache);
  }

  /**
   * Accepts a video: see create-video.ts. The same key and input return the same video again. Throws UserFaultError with every fault at once.
   */
  async create(viewer: Viewer, input: NewVideo, idempotencyKey?: string | null, trace?: TraceIds): Promise<VideoView> {
    const { finder, bus, onWork } = this.#parts;
    const abilities = (await this.#parts.abilitiesOf?.(viewer.userId)) ?? this.#parts.abilities;
    const language = spokenLanguage(input, finder, (one) => abilities.speaks(one));
    const faults = [...faultsOf(input, language, abilities), ...(await this.#priorityFaults(viewer, input))];
    if (faults.length > 0) throw new UserFaultError(...faults);
    const { userId } = viewer;
    const early = await abilities.earlyScript(sourceOf(input), language);
    if (early.silent.length > 0) throw new UserFaultError(...silenceFaults(input, early.silent));
    const textTitle = givenTitle(input) === '' ? await early.title() : '';
    const video = newVideoRow(randomUUIDv7(), userId, { ...input, language }, textTitle);
    const request = { userId, operation: 'createVideo', key: idempotencyKey, input, subjectId: video.id };
    const written = await createVideo(this.#parts, video, request, trace);
    if (!written) return await this.#earlier(viewer, request);
    bus.publish({ ownerId: userId, videoId: video.id });
    onWork();
    const { now, seq } = written;
    return { ...video, createdAt: now, updatedAt: now, lastEventSeq: seq };
  }

  /** What an accepted input says that may not be what was meant. */
  warningsOf(input: NewVideo): UserFault[] {
    const { abilities, finder } = this.#parts;
    const language = spokenLanguage(input, finder, (one) => abilities.speaks(one));
    return [...languageWarnings(input, finder), ...pictureWarnings(input, language, abilities)];
  }

  /** Throws NOT_FOUND, or every fault of the changes; then nothing is changed. */
  async update(viewer: Viewer, videoId: string, changes: VideoChanges): Promise<Video> {
    const update = (em: Em) => change(em, viewer, videoId, changes);
    return await this.#readCache.withInvalidation(videoId, () => this.#parts.db.transaction(update));
  }

  /** Takes over what the analysis suggested. Throws NOT_FOUND, and INVALID_STATE before the first analysis. */
  async applySuggestions(viewer: Viewer, videoId: string): Promise<Video> {
    const apply = async (em: Em) => {
      const video = await lockVideo(em, viewer, videoId);
      if (!video.analysis) throw notAnalysed();
      await changeVideo(em, video, columnsOf(suggestedTexts(video.analysis)));
      return video;
    };
    return await this.#readCache.withInvalidation(videoId, () => this.#parts.db.transaction(apply));
  }

  /** Invisible at once for everyone; a video in progress is canceled. Its files and rows are purged later. */
  async remove(viewer: Viewer, videoId: string): Promise<void> {
    const { db, runs, bus } = this.#parts;
    const removing = async (em: Em) => {
      const video = await lockVideoAndJob(em, viewer, videoId);
      await runs.stop(em, video, 'The video was deleted.');
      await hideVideo(em, videoId);
      await forgetContent(sqlOf(em), videoId);
      return video.ownerId;
    };
    const ownerId = await this.#readCache.withInvalidation(videoId, () => db.transaction(removing));
    bus.publish({ ownerId, videoId });
    runs.notifyWorkers(videoId);
  }

  /** The video, or null where it does not exist for this viewer. */
  async find(viewer: Viewer, videoId: string, parts: VideoParts = ALL_COLUMNS): Promise<VideoView | null> {
    return await this.#details.find(viewer, videoId, parts);
  }

  /** In the order of the ids; null for each that does not exist for this viewer. */
  async findMany(
    viewer: Viewer,
    videoIds: readonly string[],
    parts: VideoParts = ALL_COLUMNS,
  ): Promise<(VideoView | null)[]> {
    return await this.#reads.findMany(viewer, videoIds, parts);
  }

  async findScene(viewer: Viewer, sceneId: string): Promise<Scene | null> {
    return await this.#reads.findScene(viewer, sceneId);
  }

  /** The scenes of each video, in order. */
  async scenesOf(videoIds: readonly string[]): Promise<(readonly Scene[])[]> {
    return await this.#reads.scenesOf(videoIds);
  }

  /** The six stages of each video, in the order in which they run. */
  async stagesOf(videoIds: readonly string[]): Promise<(readonly StageView[])[]> {
    return await this.#reads.stagesOf(videoIds);
  }

  /** The last hundred attempts at stages of each video, the oldest first. */
  async historyOf(videoIds: readonly string[]): Promise<(readonly ProcessingAttemptView[])[]> {
    return await this.#reads.historyOf(videoIds);
  }

  async #priorityFaults(viewer: Viewer, { priority }: NewVideo): Promise<UserFault[]> {
    if (priority !== 'URGENT' || (await mayBeUrgent(this.#parts.db.sql(), viewer))) return [];
    const message = 'Only the plan PREMIUM may choose URGENT: choose NORMAL or LOW, or leave it out.';
    return [{ code: 'UNSUPPORTED', message, field: ['input', 'priority'] }];
  }

  async #earlier(viewer: Viewer, request: IdempotentRequest): Promise<VideoView> {
    const videoId = request.key == null ? request.subjectId : await subjectOfKey(this.#parts.db.em(), request);
    const video = await this.find(viewer, videoId);
    if (video) return video;
    const message = 'The video of this key was deleted.';
    throw new UserFaultError({ code: 'NOT_FOUND', message, field: ['idempotencyKey'] });
  }
}

function notAnalysed(): UserFaultError {
  const message = 'There are no suggestions before the ANALYSIS stage has run.';
  return new UserFaultError({ code: 'INVALID_STATE', message, field: ['id'] });
}

async function change(em: Em, viewer: Viewer, videoId: string, changes: VideoChanges): Promise<Video> {
  const video = await lockVideo(em, viewer, videoId);
  const faults = faultsOfChanges(changes);
  if (faults.length > 0) throw new UserFaultError(...faults);
  await changeVideo(em, video, columnsOf(changes));
  return video;
}

function faultsOfChanges(changes: VideoChanges): UserFaultError['faults'] {
  const faults = new FaultCollector();
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

/** The properties that the changes give another value. */
function columnsOf(changes: VideoChanges): Partial<Video> {
  const columns: Partial<Video> = {};
  const cleaned = (text: string | null) => (text === null ? null : cleanText(text));
  if (changes.title != null) {
    columns.title = cleanText(changes.title);
    columns.titleGiven = true;
  }
  if (changes.description !== undefined) columns.description = cleaned(changes.description);
  if (changes.tags !== undefined) columns.tags = distinct(changes.tags);
  if (changes.platforms !== undefined) columns.platforms = [...new Set(changes.platforms ?? [])];
  if (changes.seoTitle !== undefined) columns.seoTitle = cleaned(changes.seoTitle);
  if (changes.seoDescription !== undefined) columns.seoDescription = cleaned(changes.seoDescription);
  if (changes.seoKeywords !== undefined) columns.seoKeywords = distinct(changes.seoKeywords);
  return columns;
}
