import { join } from 'node:path';
import { z } from 'zod';
import type { FilmFormat } from '../../media/film/film.ts';
import { withWorkFolder } from '../../media/process/work-folder.ts';
import { storeFile } from '../artefacts.ts';
import { sceneMediaOf } from '../scene-media.ts';
import { type Stage } from '../stage.ts';
import type { SpeechOutput } from './speech.ts';
import type { VisualsInput, VisualsOutput } from './visuals.ts';

const output = z.object({
  fileKey: z.string(),
  fileSize: z.int().positive(),
  thumbnailKey: z.string(),
  totalFrames: z.int().positive(),
  durationSeconds: z.number().positive(),
});
export type AssemblyOutput = z.infer<typeof output>;

export interface AssemblyInput {
  readonly spoken: SpeechOutput['scenes'];
  readonly drawn: VisualsOutput['scenes'];
  /** What was asked of the image provider, in the same order. */
  readonly pictures: VisualsInput['pictures'];
  readonly format: FilmFormat;
}

/** Assembles the film and makes its poster. */
export const assemblyStage: Stage<AssemblyInput, AssemblyOutput> = {
  name: 'ASSEMBLY',
  beginning: 'Assembling the film.',
  ending: ({ durationSeconds }) => `The film is assembled: ${durationSeconds.toFixed(1)} s.`,
  output,
  provider: () => 'ffmpeg',

  async run(input, { videoSpec, tools, signal, report }) {
    const scenes = await Promise.all(
      input.spoken.map(async (spoken, index) => {
        const drawn = input.drawn[index];
        const request = input.pictures[index];
        if (!drawn || !request) throw new Error(`scene ${index} has a voice but no picture`);
        return await sceneMediaOf(spoken, { ...drawn, request }, tools, signal);
      }),
    );
    // Film and poster are here until they are stored; in any case the folder is then removed.
    return await withWorkFolder(tools.tempDir, async (folder) => {
      const outputPath = join(folder, 'film.mp4');
      const onProgress = (fraction: number) =>
        report.tick(fraction * 0.97, `Assembling the film: ${Math.floor(100 * fraction)} %.`);
      const film = await tools.filmAssembler.assemble({ scenes, format: input.format, outputPath, signal, onProgress });

      const posterPath = await tools.poster({ scenes, format: input.format, outputPath: `${outputPath}.jpg`, signal });
      const thumbnail = await storeFile(tools.storage, videoSpec.videoId, 'poster', 'jpg', posterPath);
      const { key, size } = await storeFile(tools.storage, videoSpec.videoId, 'film', 'mp4', outputPath);
      const { totalFrames, durationSeconds } = film;
      return { fileKey: key, fileSize: size, thumbnailKey: thumbnail.key, totalFrames, durationSeconds };
    });
  },

  facts: ({ durationSeconds, thumbnailKey }) => ({ film: { durationSeconds, thumbnailKey } }),
};
