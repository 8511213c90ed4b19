import { z } from 'zod';
import { toAss, toSrt, toVtt } from '../../media/caption-files.ts';
import { cuesFor, shiftCues } from '../../media/captions.ts';
import type { FilmFormat } from '../../media/film.ts';
import { planFilm } from '../../media/film-plan.ts';
import type { Stage } from '../stage.ts';
import type { SpeechOutput } from './speech.ts';

const output = z.object({
  captions: z.object({ srt: z.string(), vtt: z.string(), ass: z.string() }),
  /** Where each scene stands in the film. */
  scenes: z.array(z.object({ narration: z.string(), startSeconds: z.number(), durationSeconds: z.number() })).min(1),
  cueCount: z.int(),
});
export type CaptionsOutput = z.infer<typeof output>;

export interface CaptionsInput {
  readonly spoken: SpeechOutput['scenes'];
  readonly format: FilmFormat;
}

/** Turns the voice's timings into subtitle files in the film's time. */
export const captionsStage: Stage<CaptionsInput, CaptionsOutput> = {
  name: 'CAPTIONS',
  beginning: 'Setting the captions.',
  ending: ({ cueCount }) => `The captions are set: ${cueCount}.`,
  output,
  provider: () => undefined,

  async run({ spoken, format }) {
    const { frameRate } = format.rhythm;
    const plan = planFilm(
      spoken.map((scene) => scene.durationSeconds),
      format.rhythm,
    );
    const cues = spoken.flatMap((scene, index) => {
      const begins = (plan.scenes[index]?.voiceFrame ?? 0) / frameRate;
      return shiftCues(cuesFor(scene.timings, scene.narration, format.language), begins);
    });
    const scenes = spoken.map(({ narration }, index) => {
      const scene = plan.scenes[index];
      return {
        narration,
        startSeconds: (scene?.startFrame ?? 0) / frameRate,
        durationSeconds: (scene?.frames ?? 0) / frameRate,
      };
    });
    return {
      captions: { srt: toSrt(cues), vtt: toVtt(cues), ass: toAss(cues, format.size, format.language) },
      scenes,
      cueCount: cues.length,
    };
  },

  facts: ({ captions }) => ({ captions }),
};
