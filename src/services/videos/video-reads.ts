import { canSeeAllOwners, lastChangeFor, type Viewer } from '../../auth/viewer.ts';
import type { Reader, Statement } from '../../db/prepared.ts';
import { StatementCache } from '../../db/statement-cache.ts';
import type { Scene } from '../../entities/scene.ts';
import { type StageView, type VideoParts, type VideoView, videoParts } from './video-parts.ts';
import {
  MANY,
  ONE,
  PROCESSING_HISTORY,
  type ProcessingAttemptView,
  SCENE,
  textOfVideos,
  videosOfOwnerWhere,
  videosWhere,
} from './video-reads-sql.ts';
import { readVideos } from './video-rows.ts';

const SCENES = videoParts(['scenes']);
const STAGES = videoParts(['stages']);
/** Reads videos by their ids, one statement each. What a viewer may not see does not exist for them. */
export class VideoReads {
  readonly #reader: Reader;
  readonly #statements = new StatementCache();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async find(viewer: Viewer, videoId: string, parts: VideoParts): Promise<VideoView | null> {
    const [video] = await this.#read(ONE, parts, viewer, videoId);
    return video ?? null;
  }

  /** In the order of the ids; null for each that does not exist for this viewer. */
  async findMany(viewer: Viewer, videoIds: readonly string[], parts: VideoParts): Promise<(VideoView | null)[]> {
    const videos = await this.#read(MANY, parts, viewer, videoIds);
    const byId = new Map(videos.map((video) => [video.id, video]));
    return videoIds.map((id) => byId.get(id) ?? null);
  }

  /** For any owner: the caller has to check by its `ownerId`, which the parts must include, whether the viewer may see it. */
  async findForAnyone(videoId: string, parts: VideoParts): Promise<VideoView | null> {
    const statement = this.#statement(parts, videosWhere(ONE));
    const [video] = await readVideos(this.#reader, parts, { statement, values: [videoId] });
    return video ?? null;
  }

  async findScene(viewer: Viewer, sceneId: string): Promise<Scene | null> {
    const values = [sceneId, canSeeAllOwners(viewer) ? null : viewer.userId];
    const [scene] = await this.#reader.rows<Scene>(SCENE, values, lastChangeFor(viewer));
    return scene ?? null;
  }

  /** The scenes of each video, in order. */
  async scenesOf(videoIds: readonly string[]): Promise<(readonly Scene[])[]> {
    const byId = await this.#related(SCENES, videoIds);
    return videoIds.map((id) => byId.get(id)?.scenes ?? []);
  }

  /** The six stages of each video, in the order in which they run. */
  async stagesOf(videoIds: readonly string[]): Promise<(readonly StageView[])[]> {
    const byId = await this.#related(STAGES, videoIds);
    return videoIds.map((id) => byId.get(id)?.stages ?? []);
  }

  /** The last hundred attempts at stages of each video, the oldest first. */
  async historyOf(videoIds: readonly string[]): Promise<(readonly ProcessingAttemptView[])[]> {
    const rows = await this.#reader.rows<ProcessingAttemptView>(PROCESSING_HISTORY, [videoIds]);
    const byId = Map.groupBy(rows, ({ videoId }) => videoId);
    return videoIds.map((id) => byId.get(id) ?? []);
  }

  async #read(
    which: typeof ONE | typeof MANY,
    parts: VideoParts,
    viewer: Viewer,
    ids: string | readonly string[],
  ): Promise<VideoView[]> {
    const all = canSeeAllOwners(viewer);
    const statement = this.#statement(parts, all ? videosWhere(which) : videosOfOwnerWhere(which));
    const values = all ? [ids] : [ids, viewer.userId];
    return await readVideos(this.#reader, parts, { statement, values, lastChange: lastChangeFor(viewer) });
  }

  /** The owners were checked when the videos were read. */
  async #related(parts: VideoParts, videoIds: readonly string[]): Promise<Map<string, VideoView>> {
    const statement = this.#statement(parts, MANY);
    const videos = await readVideos(this.#reader, parts, { statement, values: [videoIds] });
    return new Map(videos.map((video) => [video.id, video]));
  }

  #statement(parts: VideoParts, where: string): Statement {
    return this.#statements.get(`${parts.key} ${where}`, () => textOfVideos(parts, where));
  }
}
