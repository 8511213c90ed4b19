import { z } from 'zod';
import { hashOf } from '../../content-hash.ts';
import type { SpeechRequest } from '../../providers/ports.ts';
import { type Artefact, keep, keyOf, recall } from '../artefacts.ts';
import { each } from '../each.ts';
import { type Stage, type Work } from '../stage.ts';

const timing = z.object({
  text: z.string(),
  textStart: z.int(),
  textEnd: z.int(),
  startSeconds: z.number(),
  endSeconds: z.number(),
});
const spoken = z.object({
  audio: z.object({ key: z.string(), hash: z.string() }),
  durationSeconds: z.number().positive(),
  timings: z.array(timing),
});
const output = z.object({ scenes: z.array(spoken.extend({ id: z.string(), narration: z.string() })).min(1) });
type Spoken = z.infer<typeof spoken>;
export type SpeechOutput = z.infer<typeof output>;

export interface SpeechInput {
  readonly scenes: readonly { readonly id: string; readonly narration: string }[];
  readonly language: string;
  readonly voiceId: string | undefined;
  readonly speed: number;
}

const PARALLEL = 2;

/** Speaks each scene. What an interrupted attempt has spoken already is found by its content. */
export const speechStage: Stage<SpeechInput, SpeechOutput> = {
  name: 'SPEECH',
  beginning: 'Speaking the narration.',
  ending: ({ scenes }) =>
    `The narration is spoken: ${Math.round(scenes.reduce((sum, scene) => sum + scene.durationSeconds, 0))} s.`,
  output,
  provider: ({ tools }) => tools.providers.speech.name,

  async run({ scenes, language, voiceId, speed }, work) {
    const count = scenes.length;
    let done = 0;
    const voiced = await each(scenes, PARALLEL, async (scene, index) => {
      const request = { text: scene.narration, language, speed, ...(voiceId === undefined ? {} : { voiceId }) };
      const speech = await speak(request, work);
      done++;
      await work.report.scene(
        done / count,
        `Spoke scene ${index + 1} of ${count}.`,
        { index, count },
        {
          voicedScene: { id: scene.id, audioKey: speech.audio.key, durationSeconds: speech.durationSeconds },
        },
      );
      return { id: scene.id, narration: scene.narration, ...speech };
    });
    return { scenes: voiced };
  },

  facts: () => ({}),
};

/** The sound and, written after it, the timings: where those exist the sound does too. */
async function speak(request: SpeechRequest, { brief, tools, signal }: Work): Promise<Spoken> {
  const { speech } = tools.providers;
  const inputHash = hashOf({ provider: speech.name, models: speech.models, ...request });
  const timingsKey = keyOf(brief.videoId, 'voice', inputHash, 'json');
  const earlier = await recall(tools.storage, timingsKey);
  if (earlier) return spoken.parse(JSON.parse(Buffer.from(earlier).toString('utf8')));

  signal.throwIfAborted();
  const { wav, durationSeconds, timings } = await speech.speak(request, signal);
  const audio: Artefact = await keep(tools.storage, keyOf(brief.videoId, 'voice', inputHash, 'wav'), wav);
  const result = { audio, durationSeconds, timings: [...timings] };
  await keep(tools.storage, timingsKey, Buffer.from(JSON.stringify(result)));
  return result;
}
