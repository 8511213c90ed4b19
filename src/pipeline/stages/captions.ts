import { z } from 'zod';
import type { FilmFormat } from '../../media/film/film.ts';
import type { Stage } from '../stage.ts';
import type { SpeechOutput } from './speech.ts';

const output = z.object({
  captions: z.object({ srt: z.string(), vtt: z.string(), ass: z.string() }),
  /** The place of each scene in the film. */
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

  async run({ spoken, format }, { tools, signal }) {
    const { scenes, ...rest } = await tools.captions.film(spoken, format, signal);
    return { ...rest, scenes: [...scenes] };
  },

  facts: ({ captions }) => ({ captions }),
};
