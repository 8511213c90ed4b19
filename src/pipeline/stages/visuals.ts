import { z } from 'zod';
import { hashOf } from '../../content-hash.ts';
import type { ImageRequest } from '../../providers/ports.ts';
import { type Artefact, keep, keyOf, recall } from '../artefacts.ts';
import type { Brief } from '../brief.ts';
import { each } from '../each.ts';
import { filmFormatOf } from '../film-format.ts';
import type { Tools } from '../job.ts';
import { sceneMediaOf } from '../scene-media.ts';
import { type Stage, type Work } from '../stage.ts';
import type { ScriptOutput } from './script.ts';
import type { SpeechOutput } from './speech.ts';

const output = z.object({
  scenes: z.array(z.object({ id: z.string(), image: z.object({ key: z.string(), hash: z.string() }) })).min(1),
});
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
  provider: ({ tools }) => tools.providers.image.name,

  async run({ pictures, spoken }, work) {
    const count = pictures.length;
    let done = 0;
    const scenes = await each(pictures, PARALLEL, async (request, index) => {
      const voice = spoken[index];
      if (!voice) throw new Error(`scene ${index} has a picture but no voice`);
      const image = await draw(request, work);
      const media = await sceneMediaOf(voice, image, work.brief.language, work.tools.storage);
      work.ahead.sceneReady(index, count, media, filmFormatOf(work.brief));
      done++;
      await work.report.scene(
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

async function draw(request: ImageRequest, { brief, tools, signal }: Work): Promise<Artefact> {
  const { image } = tools.providers;
  const inputHash = hashOf({ provider: image.name, models: image.models, ...request });
  const noteKey = keyOf(brief.videoId, 'picture', inputHash, 'json');
  const earlier = await recall(tools.storage, noteKey);
  if (earlier) return output.shape.scenes.element.shape.image.parse(JSON.parse(Buffer.from(earlier).toString('utf8')));

  signal.throwIfAborted();
  const picture = await image.draw(request, signal);
  const extension = picture.contentType === 'image/png' ? 'png' : 'jpg';
  const artefact = await keep(tools.storage, keyOf(brief.videoId, 'picture', inputHash, extension), picture.bytes);
  await keep(tools.storage, noteKey, Buffer.from(JSON.stringify(artefact)));
  return artefact;
}

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
