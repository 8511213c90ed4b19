import { z } from 'zod';
import { store } from '../artefacts.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import { type Stage } from '../stage.ts';

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

const PARALLEL = 2;

/** Speaks each scene. */
export const speechStage: Stage<SpeechInput, SpeechOutput> = {
  name: 'SPEECH',
  beginning: 'Speaking the narration.',
  ending: ({ scenes }) =>
    `The narration is spoken: ${Math.round(scenes.reduce((sum, scene) => sum + scene.durationSeconds, 0))} s.`,
  output,
  provider: ({ providers }) => providers.speech.first,

  async run({ scenes, language, voiceId, speed }, { videoSpec, providers, tools, signal, report }) {
    const count = scenes.length;
    let done = 0;
    const voiced = await mapConcurrent(scenes, PARALLEL, async (scene, index) => {
      const request = { text: scene.narration, language, speed, ...(voiceId === undefined ? {} : { voiceId }) };
      const { stored: speech, provider } = await providers.speech.call(request, {
        sceneId: scene.id,
        signal,
        storedSchema: spoken,
        store: async ({ wav, durationSeconds, timings }) => ({
          audio: await store(tools.storage, videoSpec.videoId, 'voice', 'wav', wav),
          durationSeconds,
          timings: [...timings],
        }),
      });
      done++;
      report.deliveredBy(provider);
      await report.scene(
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
