import { z } from 'zod';
import type { ImageRequest, SceneContext } from '../../providers/ports.ts';
import { filmFormatOf } from '../film-format.ts';
import { type FilmPictures, storedPicture } from '../picture-prefetcher.ts';
import type { Tools } from '../pipeline-run.ts';
import { type PresenterFile, presenterFile } from '../presenter-file.ts';
import { presenterLeft, presentersOf } from '../presenters.ts';
import type { SpokenScene } from '../scene-media.ts';
import type { Stage, StageContext } from '../stage.ts';
import type { VideoFacts } from '../stage-store.ts';
import type { PresenterSpec, VideoSpec } from '../video-spec.ts';
import type { ScriptOutput } from './script.ts';

const presenter = presenterFile.extend({ layout: z.enum(['CORNER', 'FULL']) });
const output = z.object({
  scenes: z.array(z.object({ id: z.string(), image: storedPicture, presenter: presenter.optional() })).min(1),
});
export type VisualsOutput = z.infer<typeof output>;

export interface VisualsInput extends FilmPictures {
  /** Left out where no presenter is asked for. */
  readonly presented?: { readonly presenter: PresenterSpec; readonly spoken: readonly SpokenScene[] };
}

/** Reports the pictures that are drawn already, and those that are still to come; beside that a presenter speaks the scenes. */
export const visualsStage: Stage<VisualsInput, VisualsOutput> = {
  name: 'VISUALS',
  beginning: 'Drawing the pictures.',
  ending: ({ scenes }) => `The pictures are drawn: ${scenes.length}.`,
  output,
  provider: ({ providers }) => providers.image.first,

  async run(input, work) {
    const { presented } = input;
    const count = input.pictures.length;
    const progress = { done: 0, of: presented ? 2 * count : count, count };
    const onPresented = (index: number) => sceneDone('Presented', index, work, progress);
    const works = [
      drawnPictures(input, work, progress),
      presented && presentersOf(presented.presenter, presented.spoken, work, onPresented),
    ] as const;
    // After an error nothing keeps running, and a paid answer is awaited.
    await Promise.allSettled(works);
    const [drawn, presenters] = await Promise.all(works);
    if (!presented || !presenters) return { scenes: drawn };
    const { layout } = presented.presenter;
    return { scenes: drawn.map((scene, index) => withPresenter(scene, presenters[index], layout)) };
  },

  facts: () => ({}),
};

/** Of the stage's scenes, in whatever order they are done. */
interface Progress {
  done: number;
  readonly of: number;
  /** The number of scenes. */
  readonly count: number;
}

async function drawnPictures(
  input: FilmPictures,
  work: StageContext,
  progress: Progress,
): Promise<VisualsOutput['scenes']> {
  const { report, eta, picturePrefetcher } = work;
  const scenes: VisualsOutput['scenes'] = [];
  picturePrefetcher.start(input);
  eta.doneAhead('VISUALS', picturePrefetcher.drawn / progress.of);
  for await (const step of picturePrefetcher.steps()) {
    if ('failover' in step) {
      await report.failover(step.failover);
      continue;
    }
    const { index, sceneId: id, image, provider } = step.drawn;
    scenes[index] = { id, image };
    report.deliveredBy(provider);
    await sceneDone('Drew', index, work, progress, { drawnScene: { id, imageKey: image.key } });
  }
  return scenes;
}

async function sceneDone(
  did: 'Drew' | 'Presented',
  index: number,
  { report }: StageContext,
  progress: Progress,
  facts: VideoFacts = {},
): Promise<void> {
  const { count } = progress;
  progress.done++;
  await report.scene(progress.done / progress.of, `${did} scene ${index + 1} of ${count}.`, { index, count }, facts);
}

function withPresenter(
  scene: VisualsOutput['scenes'][number],
  made: PresenterFile | undefined,
  layout: PresenterSpec['layout'],
): VisualsOutput['scenes'][number] {
  return made ? { ...scene, presenter: { ...made, layout } } : scene;
}

/** With the voices, where a presenter is to speak them. */
export function presentedBy(
  presenter: PresenterSpec | undefined,
  pictures: FilmPictures,
  spoken: readonly SpokenScene[],
): VisualsInput {
  return presenter ? { ...pictures, presented: { presenter, spoken } } : pictures;
}

export async function filmPicturesOf(
  videoSpec: VideoSpec,
  script: ScriptOutput,
  tools: Tools,
  signal: AbortSignal,
): Promise<FilmPictures> {
  const format = filmFormatOf(videoSpec, tools);
  const { size, captionLook } = format;
  const { width, height } = tools.pictureSize(size);
  const covered = captionLook === null ? 0 : tools.captionSafeHeight(size, captionLook.style);
  const captionSafeHeight = Math.round((covered * height) / size.height);
  const sections = sectionsOf(script);
  const { language, presenter } = videoSpec;
  const left = presenter && presenterLeft(presenter, format);
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
    ...(left === undefined ? {} : { presenterLeft: left }),
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
