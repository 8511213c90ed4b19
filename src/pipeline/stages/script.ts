import { randomUUIDv7 } from 'node:crypto';
import { z } from 'zod';
import type { ScriptRequest } from '../../providers/ports.ts';
import type { Stage } from '../stage.ts';
import type { VideoSpec } from '../video-spec.ts';

const output = z.object({
  title: z.string(),
  scenes: z
    .array(
      z.object({
        id: z.string(),
        narration: z.string(),
        visualPrompt: z.string(),
        /** Scripts of earlier versions have none. */
        heading: z.string().optional(),
        code: z
          .array(z.object({ text: z.string(), start: z.number() }))
          .readonly()
          .optional(),
      }),
    )
    .min(1),
});
export type ScriptOutput = z.infer<typeof output>;

/** Narration and a visual prompt for each scene. */
export const scriptStage: Stage<ScriptRequest, ScriptOutput> = {
  name: 'SCRIPT',
  beginning: 'Writing the script.',
  ending: ({ scenes }) => `The script is written: ${scenes.length === 1 ? 'one scene' : `${scenes.length} scenes`}.`,
  output,
  provider: ({ providers }) => providers.text.first,

  async run(request, { providers, signal, report }) {
    const { stored, provider } = await providers.text.call(request, {
      signal,
      storedSchema: output,
      onFailover: (failover) => report.failover(failover),
      // The ids are stored with the script: files made for a scene are found again by its id.
      store: async ({ title, scenes }) => ({
        title,
        scenes: scenes.map((scene) => ({ id: randomUUIDv7(), ...scene })),
      }),
    });
    report.deliveredBy(provider);
    return stored;
  },

  facts: ({ title, scenes }) => ({
    title,
    script: scenes.map((scene) => scene.narration).join('\n\n'),
    scenes: scenes.map(({ id, narration, visualPrompt }) => ({ id, narration, visualPrompt })),
  }),
};

export function scriptRequestOf(videoSpec: VideoSpec): ScriptRequest {
  return {
    source: videoSpec.source,
    language: videoSpec.language,
    speed: videoSpec.voiceSpeed,
    ...(videoSpec.targetDurationSeconds === undefined
      ? {}
      : { targetDurationSeconds: videoSpec.targetDurationSeconds }),
    ...(videoSpec.visualStyle === undefined ? {} : { visualStyle: videoSpec.visualStyle }),
  };
}
