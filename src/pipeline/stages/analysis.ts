import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { FilmQuality } from '../../media/checks/film-quality.ts';
import type { FilmFormat } from '../../media/film/film.ts';
import type { Analysis } from '../../providers/ports.ts';
import type { Stage } from '../stage.ts';
import type { AssemblyOutput } from './assembly.ts';
import type { CaptionsOutput } from './captions.ts';
import type { ScriptOutput } from './script.ts';

const found = z.object({
  analysis: z.object({
    summary: z.string(),
    suggestedTitle: z.string(),
    suggestedDescription: z.string(),
    suggestedTags: z.array(z.string()),
    chapters: z.array(z.object({ title: z.string(), startSeconds: z.number() })),
  }),
  seo: z.object({ title: z.string(), description: z.string(), keywords: z.array(z.string()) }),
});
const output = found.extend({
  quality: z.object({
    passed: z.boolean(),
    width: z.int(),
    height: z.int(),
    frameRate: z.number(),
    videoCodec: z.string(),
    audioCodec: z.string().nullable(),
    integratedLoudnessLufs: z.number().nullable(),
    problems: z.array(z.string()),
  }),
});
export type AnalysisOutput = z.infer<typeof output>;

export interface AnalysisInput {
  readonly title: string;
  readonly language: string;
  readonly scenes: readonly (CaptionsOutput['scenes'][number] & { readonly heading?: string })[];
  readonly film: AssemblyOutput;
  readonly format: FilmFormat;
}

/** Checks the film against its spec, and analyzes its content. */
export const analysisStage: Stage<AnalysisInput, AnalysisOutput> = {
  name: 'ANALYSIS',
  beginning: 'Checking and analysing the film.',
  ending: () => 'The film has passed its checks.',
  output,
  provider: ({ providers }) => providers.analysis.first,

  async run({ title, language, scenes, film, format }, { providers, tools, signal, report }) {
    const path = await tools.storage.localPath(film.fileKey);
    const { size, rhythm, music } = format;
    const { totalFrames, durationSeconds: seconds } = film;
    const preview = (mostBytes: number, stop: AbortSignal) => tools.preview({ path, mostBytes, signal: stop });
    const expected = { size, frameRate: rhythm.frameRate, totalFrames, music: music !== undefined };
    const works = [
      tools.inspect(path, expected, signal),
      providers.analysis.call(
        { title, language, scenes, film: { seconds, preview } },
        {
          signal,
          storedSchema: found,
          onFailover: (failover) => report.failover(failover),
          store: async (it) => plain(it),
        },
      ),
    ] as const;
    // After an error nothing keeps running, and a paid answer is awaited.
    await Promise.allSettled(works);
    const [facts, { stored, provider }] = await Promise.all(works);
    report.deliveredBy(provider);
    const quality = qualityFactsOf(facts);
    if (!quality.passed) {
      await report.note({ quality });
      throw new AppError('QUALITY_CHECK_FAILED', `The film did not pass its checks: ${quality.problems.join(' ')}`);
    }
    return { ...stored, quality };
  },

  facts: ({ analysis, seo, quality }, { film }) => ({
    analysis,
    seo,
    quality,
    film: {
      fileKey: film.fileKey,
      fileSize: film.fileSize,
      durationSeconds: film.durationSeconds,
      thumbnailKey: film.thumbnailKey,
    },
  }),
};

/** The scenes in the film's time, each with the author's heading above it if there is one. */
export function analysisScenesOf(
  scenes: CaptionsOutput['scenes'],
  written: ScriptOutput['scenes'],
): AnalysisInput['scenes'] {
  return scenes.map((scene, i) => {
    const heading = written[i]?.heading;
    return heading === undefined ? scene : { ...scene, heading };
  });
}

function plain({ suggestedTags, chapters, seo, ...words }: Analysis): z.infer<typeof found> {
  return {
    analysis: { ...words, suggestedTags: [...suggestedTags], chapters: [...chapters] },
    seo: { ...seo, keywords: [...seo.keywords] },
  };
}

/** JSON has no infinity, and a missing codec has no name. */
function qualityFactsOf({ truePeakDbtp: _, durationSeconds: __, ...facts }: FilmQuality): AnalysisOutput['quality'] {
  const { audioCodec, integratedLoudnessLufs } = facts;
  return {
    ...facts,
    audioCodec: audioCodec || null,
    integratedLoudnessLufs: Number.isFinite(integratedLoudnessLufs) ? integratedLoudnessLufs : null,
  };
}
