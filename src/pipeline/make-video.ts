import type { Experience } from '../forecast/experience.ts';
import { frameMegapixels } from '../forecast/frame.ts';
import { type MakingWork, scenesIn } from '../forecast/work.ts';
import type { Brief } from './brief.ts';
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

/** Length of the film where neither a text to be spoken nor a wanted length is given. */
const USUAL_SECONDS = { topic: 40, article: 60 } as const;

/**
 * Makes a video. Each stage's finished work is a checkpoint, so a making that was cut off goes on where it stood.
 * Returns when the film lies in storage and has passed its checks; throws an AppError that says why it does not.
 */
export async function makeVideo(job: VideoJob): Promise<void> {
  const eta = new Eta(job.experience, workOf(job));
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
  const narration = script.scenes.reduce((sum, scene) => sum + lengthOf(scene.narration), 0);
  eta.know({
    filmSeconds: making.experience.spokenSeconds(narration, language, brief.voiceSpeed),
    scenes: script.scenes.length,
  });

  const speechInput = { scenes: script.scenes, language, voiceId: brief.voiceId, speed: brief.voiceSpeed };
  const { scenes: spoken } = await runStage(speechStage, speechInput, making);
  eta.know({ filmSeconds: spoken.reduce((sum, scene) => sum + scene.durationSeconds, 0) });

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

/** What there is to make, as far as the order says. */
function workOf({ brief, experience }: VideoJob): MakingWork {
  const filmSeconds = filmSecondsOf(brief, experience);
  const scenes = brief.source.kind === 'scenes' ? brief.source.scenes.length : scenesIn(filmSeconds);
  return { filmSeconds, scenes, megapixels: frameMegapixels(brief) };
}

function filmSecondsOf(brief: Brief, experience: Experience): number {
  const { source, language, voiceSpeed, targetDurationSeconds: wanted } = brief;
  if (source.kind === 'topic') return wanted ?? USUAL_SECONDS.topic;
  const characters =
    source.kind === 'scenes'
      ? source.scenes.reduce((sum, scene) => sum + lengthOf(scene.narration), 0)
      : lengthOf(source.text);
  const spoken = Math.max(1, experience.spokenSeconds(characters, language, voiceSpeed));
  return source.kind === 'article' ? Math.min(spoken, wanted ?? USUAL_SECONDS.article) : spoken;
}

/** In Unicode code points. */
function lengthOf(text: string): number {
  return [...text].length;
}
