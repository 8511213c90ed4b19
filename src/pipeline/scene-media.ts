import type { PresenterLayout, SceneMedia } from '../media/film/film.ts';
import type { ImageRequest, SpokenNarration } from '../providers/ports.ts';
import type { Artefact } from './artefacts.ts';
import type { Tools } from './pipeline-run.ts';
import type { PresenterFile } from './presenter-file.ts';

/** A scene's voice. */
export interface SpokenScene extends SpokenNarration {
  readonly id: string;
  readonly audio: Artefact;
}

/** A scene's picture, and what was asked of its provider. */
export interface DrawnScene {
  readonly image: Artefact & { readonly hasRoomForWords?: boolean | undefined };
  readonly request: ImageRequest;
  readonly presenter?: (PresenterFile & { readonly layout: PresenterLayout }) | undefined;
}

/** A scene in the form that the film assembler needs: local files, the cues from its voice, and what lies over it. */
export async function sceneMediaOf(
  spoken: SpokenScene,
  { image, request, presenter }: DrawnScene,
  { storage, captions, overlays }: Pick<Tools, 'storage' | 'captions' | 'overlays'>,
  signal: AbortSignal,
): Promise<SceneMedia> {
  const { narration, durationSeconds, timings } = spoken;
  const [picturePath, voicePath, cues, designed] = await Promise.all([
    storage.localPath(image.key),
    storage.localPath(spoken.audio.key),
    captions.cues(spoken, request.language, signal),
    // Another picture may have its own words, or something important where they would be.
    image.hasRoomForWords === true ? overlays.design(request, { narration, durationSeconds, timings }, signal) : null,
  ]);
  return {
    id: spoken.id,
    picturePath,
    pictureHash: image.hash,
    voicePath,
    voiceHash: spoken.audio.hash,
    narrationSeconds: spoken.durationSeconds,
    cues,
    ...designed,
    ...(presenter ? { presenter: await presenterMediaOf(presenter, storage) } : {}),
  };
}

async function presenterMediaOf(
  { key, ...presenter }: NonNullable<DrawnScene['presenter']>,
  storage: Tools['storage'],
) {
  return { ...presenter, path: await storage.localPath(key) };
}
