import { chaptersOf } from '../../../src/providers/local/analysis/chapters.ts';
import { LocalAnalysisProvider } from '../../../src/providers/local/analysis/local-analysis-provider.ts';
import { summaryOf } from '../../../src/providers/local/analysis/summary.ts';
import { tagsOf } from '../../../src/providers/local/analysis/tags.ts';
import { earlyScript } from '../../../src/providers/local/script/early-script.ts';
import { LIMITS } from '../../../src/services/videos/create-video-validation.ts';
import { article, english, never, part, type SubjectsByModule, timed, write } from '../subject.ts';

/** The functions of the built-in providers themselves and of the analysis. */
export const LOCAL_PROVIDERS: SubjectsByModule = {
  'src/providers/local/descriptions.ts': 'constants',
  'src/providers/local/analysis/local-analysis-provider.ts': {
    LocalAnalysisProvider: part(async (text) => {
      for (const language of ['en', 'zh'])
        await new LocalAnalysisProvider().analyse(
          { title: text.slice(0, LIMITS.title), language, scenes: timed(text) },
          never,
        );
    }),
  },
  'src/providers/local/cards/local-image-provider.ts': {
    LocalImageProvider: 'calls designCard and paints what it gives',
  },
  'src/providers/local/local-provider.ts': { localProvider: 'passes requests on to the providers below' },
  'src/providers/local/script/early-script.ts': {
    earlyScript: article(async (text) => (await earlyScript({ kind: 'article', text }, 'en')).title()),
  },
  'src/providers/local/speech/local-speech-provider.ts': {
    LocalSpeechProvider: 'calls the functions of speech/ one after another',
  },
  'src/providers/local/script/local-text-provider.ts': {
    LocalTextProvider: part(async (text) => {
      await write('script', 'en')(text.slice(0, LIMITS.script));
      await write('article', 'en')(text);
      await write('article', 'zh')(text);
    }),
  },
  'src/providers/local/analysis/chapters.ts': { chaptersOf: part((text) => chaptersOf(timed(text), english)) },
  'src/providers/local/analysis/summary.ts': { summaryOf: part((text) => summaryOf([text], english)) },
  'src/providers/local/analysis/tags.ts': { tagsOf: part((text) => tagsOf(text.slice(0, 200), [text], english)) },
};
