import { z } from 'zod';
import type { ImageRequest, SceneContext } from '../../providers/ports.ts';
import { filmFormatOf } from '../film-format.ts';
import { type FilmPictures, storedPicture } from '../picture-prefetcher.ts';
import type { Tools } from '../pipeline-run.ts';
import { type Stage } from '../stage.ts';
import type { VideoSpec } from '../video-spec.ts';
import type { ScriptOutput } from './script.ts';

const output = z.object({ scenes: z.array(z.object({ id: z.string(), image: storedPicture })).min(1) });
export type VisualsOutput = z.infer<typeof output>;

export type VisualsInput = FilmPictures;

/** Reports the pictures that are drawn already, and those that are still to come. */
export const visualsStage: Stage<VisualsInput, VisualsOutput> = {
  name: 'VISUALS',
  beginning: 'Drawing the pictures.',
  ending: ({ scenes }) => `The pictures are drawn: ${scenes.length}.`,
  output,
  provider: ({ providers }) => providers.image.first,

  async run(input, { report, eta, picturePrefetcher }) {
    const count = input.pictures.length;
    const scenes: VisualsOutput['scenes'] = [];
    let done = 0;
    picturePrefetcher.start(input);
    eta.doneAhead('VISUALS', picturePrefetcher.drawn / count);
    for await (const step of picturePrefetcher.steps()) {
      if ('failover' in step) {
        await report.failover(step.failover);
        continue;
      }
      const { index, sceneId: id, image, provider } = step.drawn;
      scenes[index] = { id, image };
      done++;
      report.deliveredBy(provider);
      const message = `Drew scene ${index + 1} of ${count}.`;
      await report.scene(done / count, message, { index, count }, { drawnScene: { id, imageKey: image.key } });
    }
    return { scenes };
  },

  facts: () => ({}),
};

export async function visualsInputOf(
  videoSpec: VideoSpec,
  script: ScriptOutput,
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
  return { pictures, sceneIds: script.scenes.map(({ id }) => id) };
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
