import { readFile } from 'node:fs/promises';
import { hashOf } from '../content-hash.ts';
import { AppError } from '../errors.ts';
import type { FilmFormat, Rhythm } from '../media/film/film.ts';
import { presenterPlace } from '../media/presenter/presenter-place.ts';
import { readWav } from '../media/sound/wav.ts';
import type { PresenterRequest } from '../providers/ports.ts';
import { wavFile } from '../providers/voices/sound/pcm.ts';
import { store } from './artefacts.ts';
import { filmFormatOf } from './film-format.ts';
import { mapConcurrent } from './map-concurrent.ts';
import { type PresenterFile, presenterFile } from './presenter-file.ts';
import type { SpokenScene } from './scene-media.ts';
import type { StageContext } from './stage.ts';
import type { PresenterSpec } from './video-spec.ts';

/**
 * Lets a presenter speak each scene with the film's voice, a scene a call: so that an edit, or a restart, pays for what is missing
 * only. Nothing is made where the cost limit does not allow all of them. Undefined where one has failed, which the event and the stage say: the film is then made without. Throws where nothing may be
 * made instead, as other stages do. `onScene` is called for each finished scene.
 */
export async function presentersOf(
  { imageUrl }: PresenterSpec,
  spoken: readonly SpokenScene[],
  { videoSpec, providers, tools, signal, report }: StageContext,
  onScene: (index: number) => Promise<void>,
): Promise<readonly PresenterFile[] | undefined> {
  const { rhythm } = filmFormatOf(videoSpec, tools);
  const { leadFrames, tailFrames, frameRate } = rhythm;
  const requestFor = (scene: SpokenScene): PresenterRequest => ({
    narration: scene.narration,
    sound: async () => withPauses(await readFile(await tools.storage.localPath(scene.audio.key)), rhythm),
    soundHash: hashOf({ voice: scene.audio.hash, leadFrames, tailFrames, frameRate }),
    seconds: scene.durationSeconds + (leadFrames + tailFrames) / frameRate,
    ...(imageUrl === undefined ? {} : { imageUrl }),
  });
  try {
    // A presenter in some of the scenes is of no use.
    await providers.avatar.ensureBudget(spoken.map((scene) => ({ request: requestFor(scene), sceneId: scene.id })));
    const made = await mapConcurrent(spoken, providers.avatar.parallel, async (scene, index) => {
      const { stored, provider } = await providers.avatar.call(requestFor(scene), {
        sceneId: scene.id,
        signal,
        storedSchema: presenterFile,
        store: async ({ bytes, width, height }) => ({
          ...(await store(tools.storage, videoSpec.videoId, 'presenter', 'mp4', bytes)),
          width,
          height,
        }),
      });
      await onScene(index);
      return { stored, provider };
    });
    for (const { provider } of made) report.deliveredBy(provider);
    return made.map(({ stored }) => stored);
  } catch (thrown) {
    signal.throwIfAborted();
    const error = AppError.from(thrown);
    if (providers.avatar.endsWith(error)) throw thrown;
    await report.leftOut(providers.avatar.first, error, 'The film is made without a presenter.');
    return undefined;
  }
}

/** Where the presenter begins who covers pictures at their right edge: a share of the frame's width. */
export function presenterLeft({ layout }: PresenterSpec, format: FilmFormat): number | undefined {
  return layout === 'CORNER' ? presenterPlace(layout, format).x / format.size.width : undefined;
}

/** The sound of a scene from its first frame to its last: the presenter moves in the pauses too. */
function withPauses(wav: Uint8Array, { leadFrames, tailFrames, frameRate }: Rhythm): Uint8Array {
  const { samples, sampleRate } = readWav(Buffer.from(wav));
  const silence = (frames: number) => new Int16Array(Math.round((frames * sampleRate) / frameRate));
  return wavFile([silence(leadFrames), samples, silence(tailFrames)], sampleRate);
}
