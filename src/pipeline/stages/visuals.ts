import { z } from 'zod';
import type { ImageRequest, SceneContext } from '../../providers/ports.ts';
import { copyOf, store } from '../artefacts.ts';
import { filmFormatOf } from '../film-format.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import type { Tools } from '../pipeline-context.ts';
import { sceneMediaOf } from '../scene-media.ts';
import { type Stage } from '../stage.ts';
import type { VideoSpec } from '../video-spec.ts';
import type { ScriptOutput } from './script.ts';
import type { SpeechOutput } from './speech.ts';

const artefact = z.object({
  key: z.string(),
  hash: z.string(),
  /** Pictures of earlier versions have none: their words are painted on them. */
  hasRoomForWords: z.boolean().optional(),
});
const output = z.object({ scenes: z.array(z.object({ id: z.string(), image: artefact })).min(1) });
export type VisualsOutput = z.infer<typeof output>;

export interface VisualsInput {
  readonly pictures: readonly ImageRequest[];
  /** In the same order; a scene's clip begins as soon as its picture is drawn. */
  readonly spoken: SpeechOutput['scenes'];
}

/** Draws each scene, and begins its clip at once. */
export const visualsStage: Stage<VisualsInput, VisualsOutput> = {
  name: 'VISUALS',
  beginning: 'Drawing the pictures.',
  ending: ({ scenes }) => `The pictures are drawn: ${scenes.length}.`,
  output,
  provider: ({ providers }) => providers.image.first,

  async run({ pictures, spoken }, { videoSpec, providers, tools, signal, report, clipPrefetcher }) {
    const count = pictures.length;
    let done = 0;
    const scenes = await mapConcurrent(pictures, providers.image.parallel, async (request, index) => {
      const voice = spoken[index];
      if (!voice) throw new Error(`scene ${index} has a picture but no voice`);
      const { stored: image, provider } = await providers.image.call(request, {
        sceneId: voice.id,
        signal,
        storedSchema: artefact,
        onFailover: (failover) => report.failover(failover),
        store: async ({ bytes, contentType, hasRoomForWords }) => {
          const extension = contentType === 'image/png' ? 'png' : 'jpg';
          const stored = await store(tools.storage, videoSpec.videoId, 'picture', extension, bytes);
          return { ...stored, ...(hasRoomForWords === undefined ? {} : { hasRoomForWords }) };
        },
        copy: (picture) => copyOf(tools.storage, videoSpec.videoId, 'picture', picture),
      });
      const media = await sceneMediaOf(voice, { image, request }, tools, signal);
      clipPrefetcher.sceneReady(index, count, media, filmFormatOf(videoSpec, tools));
      done++;
      report.deliveredBy(provider);
      await report.scene(
        done / count,
        `Drew scene ${index + 1} of ${count}.`,
        { index, count },
        {
          drawnScene: { id: voice.id, imageKey: image.key },
        },
      );
      return { id: voice.id, image };
    });
    return { scenes };
  },

  facts: () => ({}),
};

export async function visualsInputOf(
  videoSpec: VideoSpec,
  script: ScriptOutput,
  speech: SpeechOutput,
  tools: Tools,
  signal: AbortSignal,
): Promise<VisualsInput> {
  const { size, captionLook } = filmFormatOf(videoSpec, tools);
  const { width, height } = tools.pictureSize(size);
  const covered = captionLook === null ? 0 : tools.captionSafeHeight(size, captionLook.style);
  const captionSafeHeight = Math.round((covered * height) / size.height);
  const sections = sectionsOf(script);
  const { language } = videoSpec;
  const title = videoSpec.title ?? script.title;
  const contexts = await tools.overlays.plan({ title, language, scenes: script.scenes }, signal);
  const pictures = script.scenes.map(({ narration, visualPrompt, heading, code }, index) => ({
    prompt: visualPrompt,
    narration,
    ...(heading === undefined ? {} : { heading }),
    ...(sections[index] === undefined ? {} : { section: sections[index] }),
    ...(code === undefined ? {} : { code }),
    title,
    language,
    index,
    count: script.scenes.length,
    seed: videoSpec.videoId,
    width,
    height,
    captionSafeHeight,
    ...contextOf(contexts[index]),
    ...(videoSpec.visualStyle === undefined ? {} : { visualStyle: videoSpec.visualStyle }),
  }));
  return { pictures, spoken: speech.scenes };
}

/** For each scene the nearest heading above it. */
function sectionsOf({ scenes }: ScriptOutput): (string | undefined)[] {
  let section: string | undefined;
  return scenes.map(({ heading }) => {
    section = heading ?? section;
    return section;
  });
}

/** Left out where there is none, so that the request is that of a scene alone. */
function contextOf(context: SceneContext | undefined): Pick<ImageRequest, 'context'> {
  return context === undefined || Object.keys(context).length === 0 ? {} : { context };
}
