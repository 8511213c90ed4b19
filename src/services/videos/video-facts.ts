import type { Em } from '../../db/orm.ts';
import { Scene } from '../../entities/scene.ts';
import { Video } from '../../entities/video.ts';
import type { VideoFacts } from '../../pipeline/stage-store.ts';

/** Writes what became visible of a video into its rows, in the transaction of `em`. */
export async function writeFacts(em: Em, videoId: string, facts: VideoFacts): Promise<void> {
  const { scenes, voicedScene, drawnScene, ...ofVideo } = facts;
  if (Object.keys(ofVideo).length > 0) await writeVideo(em, videoId, ofVideo);
  if (scenes) await replaceScenes(em, videoId, scenes);
  if (voicedScene)
    await em.nativeUpdate(
      Scene,
      { id: voicedScene.id, videoId },
      { audioKey: voicedScene.audioKey, durationSeconds: voicedScene.durationSeconds },
    );
  if (drawnScene) await em.nativeUpdate(Scene, { id: drawnScene.id, videoId }, { imageKey: drawnScene.imageKey });
}

/** Fields that the owner has filled do not change: providers fill only empty fields. */
async function writeVideo(em: Em, videoId: string, facts: VideoFacts): Promise<void> {
  const video = await em.findOneOrFail(Video, { id: videoId });
  const { title, script, captions, film, quality, analysis, seo } = facts;
  if (title !== undefined && !video.titleGiven) video.title = title;
  if (script !== undefined) video.script = script;
  if (captions) video.captions = { ...captions };
  if (film) {
    video.durationSeconds = film.durationSeconds;
    video.thumbnailKey = film.thumbnailKey;
    video.fileKey = film.fileKey ?? video.fileKey ?? null;
    video.fileSize = film.fileSize ?? video.fileSize ?? null;
  }
  if (quality) video.quality = { ...quality, problems: [...quality.problems] };
  if (analysis)
    video.analysis = { ...analysis, suggestedTags: [...analysis.suggestedTags], chapters: [...analysis.chapters] };
  if (seo) {
    video.seoTitle ??= seo.title;
    video.seoDescription ??= seo.description;
    if (video.seoKeywords.length === 0) video.seoKeywords = [...seo.keywords];
  }
  await em.flush();
}

async function replaceScenes(em: Em, videoId: string, scenes: NonNullable<VideoFacts['scenes']>): Promise<void> {
  await em.nativeDelete(Scene, { videoId });
  for (const [position, scene] of scenes.entries()) em.create(Scene, { ...scene, videoId, position });
  await em.flush();
}
