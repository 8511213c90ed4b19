import type { DurationEstimator } from '../forecast/duration-estimator.ts';
import { frameMegapixels, scenesIn, type Workload } from '../forecast/workload.ts';
import { ClipPrefetcher } from './clip-prefetcher.ts';
import { Eta } from './eta.ts';
import { filmFormatOf } from './film-format.ts';
import { PicturePrefetcher } from './picture-prefetcher.ts';
import type { PipelineRun } from './pipeline-run.ts';
import { isFinished, type PipelineContext, runStage } from './stage.ts';
import { analysisScenesOf, analysisStage } from './stages/analysis.ts';
import { assemblyStage } from './stages/assembly.ts';
import { captionsStage } from './stages/captions.ts';
import { scriptRequestOf, scriptStage } from './stages/script.ts';
import { speechStage } from './stages/speech.ts';
import { filmPicturesOf, presentedBy, visualsStage } from './stages/visuals.ts';
import type { VideoSpec } from './video-spec.ts';

/** Assumed length of the film where neither a text nor a target length is given. */
const USUAL_SECONDS = { topic: 40, article: 60 } as const;

/**
 * Makes a video. Each stage's finished work is a checkpoint, so that an interrupted run continues from there.
 * Returns when the film is in storage and has passed its checks; otherwise throws an AppError with the reason.
 */
export async function makeVideo(run: PipelineRun): Promise<void> {
  const eta = new Eta(run.estimator, workOf(run));
  const clipPrefetcher = new ClipPrefetcher(run.tools, filmFormatOf(run.videoSpec, run.tools), run.signal);
  const picturePrefetcher = new PicturePrefetcher(run, clipPrefetcher);
  try {
    await runStages({ ...run, eta, clipPrefetcher, picturePrefetcher });
  } finally {
    await picturePrefetcher.close();
    await clipPrefetcher.close();
  }
}

async function runStages(context: PipelineContext): Promise<void> {
  const { videoSpec, eta, tools, clipPrefetcher, picturePrefetcher } = context;
  const { language } = videoSpec;
  const format = filmFormatOf(videoSpec, tools);

  const script = await runStage(scriptStage, scriptRequestOf(videoSpec), context);
  const narration = script.scenes.reduce((sum, scene) => sum + lengthOf(scene.narration), 0);
  eta.updateWorkload({
    filmSeconds: context.estimator.spokenSeconds(narration, language, videoSpec.voiceSpeed),
    scenes: script.scenes.length,
  });

  // Pictures do not depend on the voice: they are drawn while it speaks.
  const filmPictures = await filmPicturesOf(videoSpec, script, tools, context.signal);
  if (!(await isFinished(visualsStage, filmPictures, context))) picturePrefetcher.start(filmPictures);

  const speechInput = { scenes: script.scenes, language, voiceId: videoSpec.voiceId, speed: videoSpec.voiceSpeed };
  const { scenes: spoken } = await runStage(speechStage, speechInput, context);
  eta.updateWorkload({ filmSeconds: spoken.reduce((sum, scene) => sum + scene.durationSeconds, 0) });

  for (const [index, voice] of spoken.entries()) clipPrefetcher.voiceReady({ index, count: spoken.length }, voice);

  const visualsInput = presentedBy(videoSpec.presenter, filmPictures, spoken);
  const { scenes: drawn } = await runStage(visualsStage, visualsInput, context);

  const captions = await runStage(captionsStage, { spoken, format }, context);

  const film = await runStage(assemblyStage, { spoken, drawn, pictures: filmPictures.pictures, format }, context);

  const title = videoSpec.title ?? script.title;
  const scenes = analysisScenesOf(captions.scenes, script.scenes);
  await runStage(analysisStage, { title, language, scenes, film, format }, context);
}

/** The workload, as far as the input determines it. */
function workOf({ videoSpec, estimator }: PipelineRun): Workload {
  const filmSeconds = filmSecondsOf(videoSpec, estimator);
  const scenes = videoSpec.source.kind === 'scenes' ? videoSpec.source.scenes.length : scenesIn(filmSeconds);
  return { filmSeconds, scenes, megapixels: frameMegapixels(videoSpec) };
}

function filmSecondsOf(videoSpec: VideoSpec, estimator: DurationEstimator): number {
  const { source, language, voiceSpeed, targetDurationSeconds: wanted } = videoSpec;
  if (source.kind === 'topic') return wanted ?? USUAL_SECONDS.topic;
  const characters =
    source.kind === 'scenes'
      ? source.scenes.reduce((sum, scene) => sum + lengthOf(scene.narration), 0)
      : lengthOf(source.text);
  const spoken = Math.max(1, estimator.spokenSeconds(characters, language, voiceSpeed));
  return source.kind === 'article' ? Math.min(spoken, wanted ?? USUAL_SECONDS.article) : spoken;
}

/** In Unicode code points. */
function lengthOf(text: string): number {
  return [...text].length;
}
