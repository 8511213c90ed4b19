import { z } from 'zod';
import type { ImageRequest } from '../../providers/ports.ts';
import { keep } from '../artefacts.ts';
import type { Brief } from '../brief.ts';
import { each } from '../each.ts';
import { filmFormatOf } from '../film-format.ts';
import type { Tools } from '../job.ts';
import { sceneMediaOf } from '../scene-media.ts';
import { type Stage } from '../stage.ts';
import type { ScriptOutput } from './script.ts';
import type { SpeechOutput } from './speech.ts';

const artefact = z.object({ key: z.string(), hash: z.string() });
const output = z.object({ scenes: z.array(z.object({ id: z.string(), image: artefact })).min(1) });
export type VisualsOutput = z.infer<typeof output>;

export interface VisualsInput {
  readonly pictures: readonly ImageRequest[];
  /** In the same order; a scene's clip is begun as soon as its picture is there. */
  readonly spoken: SpeechOutput['scenes'];
}

const PARALLEL = 2;

/** Draws each scene, and begins its clip at once. */
export const visualsStage: Stage<VisualsInput, VisualsOutput> = {
  name: 'VISUALS',
  beginning: 'Drawing the pictures.',
  ending: ({ scenes }) => `The pictures are drawn: ${scenes.length}.`,
  output,
  provider: ({ providers }) => providers.image.name,

  async run({ pictures, spoken }, { brief, providers, tools, signal, report, ahead }) {
    const count = pictures.length;
    let done = 0;
    const scenes = await each(pictures, PARALLEL, async (request, index) => {
      const voice = spoken[index];
      if (!voice) throw new Error(`scene ${index} has a picture but no voice`);
      const image = await providers.image.draw(request, {
        sceneId: voice.id,
        signal,
        kept: artefact,
        keep: ({ bytes, contentType }) =>
          keep(tools.storage, brief.videoId, 'picture', contentType === 'image/png' ? 'png' : 'jpg', bytes),
      });
      const media = await sceneMediaOf(voice, image, brief.language, tools, signal);
      ahead.sceneReady(index, count, media, filmFormatOf(brief));
      done++;
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

export function visualsInputOf(brief: Brief, script: ScriptOutput, speech: SpeechOutput, tools: Tools): VisualsInput {
  const { size } = filmFormatOf(brief);
  const { width, height } = tools.pictureSize(size);
  const captionSafeHeight = brief.burnInCaptions
    ? Math.round((tools.captionSafeHeight(size) * height) / size.height)
    : 0;
  const pictures = script.scenes.map(({ narration, visualPrompt }, index) => ({
    prompt: visualPrompt,
    narration,
    title: brief.title ?? script.title,
    language: brief.language,
    index,
    count: script.scenes.length,
    seed: brief.videoId,
    width,
    height,
    captionSafeHeight,
    ...(brief.visualStyle === undefined ? {} : { visualStyle: brief.visualStyle }),
  }));
  return { pictures, spoken: speech.scenes };
}
