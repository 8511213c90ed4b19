import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { nameOfNext } from '../../providers/failover.ts';
import type { SpeechRequest } from '../../providers/ports.ts';
import { copyOf, store } from '../artefacts.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import type { PipelineContext, Stage, StageContext } from '../stage.ts';

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
export type SpeechOutput = z.infer<typeof output>;

export interface SpeechInput {
  readonly scenes: readonly { readonly id: string; readonly narration: string }[];
  readonly language: string;
  readonly voiceId: string | undefined;
  readonly speed: number;
}

type SpeechChain = PipelineContext['providers']['speech'];

/**
 * Speaks each scene, all with one voice: where a provider fails, the next one speaks all of them anew. A voice that the user has
 * chosen is not replaced.
 */
export const speechStage: Stage<SpeechInput, SpeechOutput> = {
  name: 'SPEECH',
  beginning: 'Speaking the narration.',
  ending: ({ scenes }) =>
    `The narration is spoken: ${Math.round(scenes.reduce((sum, scene) => sum + scene.durationSeconds, 0))} s.`,
  output,
  provider: ({ providers }) => providers.speech.first,

  async run(input, work) {
    const { videoSpec, providers, report } = work;
    const suitable = await providers.speech.alone(input.scenes.map((scene) => requestOf(scene, input)));
    // The same service with another key has the same voice.
    const isChosen = (voice: SpeechChain) => voice.first === suitable[0]?.first;
    const voices = videoSpec.hasChosenVoice ? suitable.filter(isChosen) : suitable;
    for (const [index, voice] of voices.entries()) {
      const next = voices[index + 1];
      try {
        return { scenes: await speakAll(voice, input, work) };
      } catch (thrown) {
        work.signal.throwIfAborted();
        const error = AppError.from(thrown);
        if (!next || voice.endsWith(error)) throw thrown;
        work.clipPrefetcher.forgetVoices();
        const isOther = next.first !== voice.first;
        await report.failover({ provider: voice.first, error, next: nameOfNext(voice.first, next.first) }, isOther);
      }
    }
    throw new Error('A chain has a provider, or says why it has none.');
  },

  facts: () => ({}),
};

function requestOf(
  { narration }: SpeechInput['scenes'][number],
  { language, speed, voiceId }: SpeechInput,
): SpeechRequest {
  return { text: narration, language, speed, ...(voiceId === undefined ? {} : { voiceId }) };
}

async function speakAll(
  voice: SpeechChain,
  input: SpeechInput,
  { videoSpec, tools, signal, report, clipPrefetcher }: StageContext,
): Promise<SpeechOutput['scenes']> {
  const count = input.scenes.length;
  let done = 0;
  return await mapConcurrent(input.scenes, voice.parallel, async (scene, index) => {
    const { stored: speech, provider } = await voice.call(requestOf(scene, input), {
      sceneId: scene.id,
      signal,
      storedSchema: spoken,
      store: async ({ wav, durationSeconds, timings }) => ({
        audio: await store(tools.storage, videoSpec.videoId, 'voice', 'wav', wav),
        durationSeconds,
        timings: [...timings],
      }),
      copy: async (speech) => {
        const audio = await copyOf(tools.storage, videoSpec.videoId, 'voice', speech.audio);
        return audio && { ...speech, audio };
      },
    });
    const { id, narration } = scene;
    const voiced = { id, narration, ...speech };
    clipPrefetcher.voiceReady({ index, count }, voiced);
    done++;
    report.deliveredBy(provider);
    await report.scene(
      done / count,
      `Spoke scene ${index + 1} of ${count}.`,
      { index, count },
      { voicedScene: { id, audioKey: speech.audio.key, durationSeconds: speech.durationSeconds } },
    );
    return voiced;
  });
}
