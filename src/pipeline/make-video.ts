import { ClipsAhead } from './clips-ahead.ts';
import { Eta } from './eta.ts';
import { filmFormatOf } from './film-format.ts';
import type { Making, VideoJob } from './job.ts';
import { runStage } from './stage.ts';
import { analysisStage } from './stages/analysis.ts';
import { assemblyStage } from './stages/assembly.ts';
import { captionsStage } from './stages/captions.ts';
import { scriptRequestOf, scriptStage } from './stages/script.ts';
import { speechStage } from './stages/speech.ts';
import { visualsInputOf, visualsStage } from './stages/visuals.ts';

/** Used for the first forecast, while nothing is known of the film. */
const TYPICAL_FILM_SECONDS = 45;

/**
 * Makes a video. Each stage's finished work is a checkpoint, so a making that was cut off goes on where it stood.
 * Returns when the film lies in storage and has passed its checks; throws an AppError that says why it does not.
 */
export async function makeVideo(job: VideoJob): Promise<void> {
  const eta = new Eta(job.brief.targetDurationSeconds ?? TYPICAL_FILM_SECONDS);
  const ahead = new ClipsAhead(job.tools.cuttingRoom, job.signal);
  try {
    await runStages({ ...job, eta, ahead });
  } finally {
    await ahead.close();
  }
}

async function runStages(making: Making): Promise<void> {
  const { brief, eta, tools } = making;
  const { language } = brief;
  const format = filmFormatOf(brief);

  const script = await runStage(scriptStage, scriptRequestOf(brief), making);

  const speechInput = { scenes: script.scenes, language, voiceId: brief.voiceId, speed: brief.voiceSpeed };
  const { scenes: spoken } = await runStage(speechStage, speechInput, making);
  eta.know(spoken.reduce((sum, scene) => sum + scene.durationSeconds, 0));

  const { scenes: drawn } = await runStage(
    visualsStage,
    visualsInputOf(brief, script, { scenes: spoken }, tools),
    making,
  );

  const captions = await runStage(captionsStage, { spoken, format }, making);

  const film = await runStage(assemblyStage, { spoken, drawn, format }, making);

  const title = brief.title ?? script.title;
  await runStage(analysisStage, { title, language, scenes: captions.scenes, film, format }, making);
}
