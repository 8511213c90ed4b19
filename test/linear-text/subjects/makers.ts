import { chaptersOf } from '../../../src/providers/local/analysing/chapters.ts';
import { summaryOf } from '../../../src/providers/local/analysing/summary.ts';
import { tagsOf } from '../../../src/providers/local/analysing/tags.ts';
import { LocalAnalysisProvider } from '../../../src/providers/local/analyst.ts';
import { earlyTitle } from '../../../src/providers/local/early-title.ts';
import { LIMITS } from '../../../src/services/new-video.ts';
import { article, english, never, part, type SubjectsByModule, timed, write } from '../subject.ts';

/** The functions of the built-in makers themselves and of the analysis. */
export const LOCAL_PROVIDERS: SubjectsByModule = {
  'src/providers/local/analyst.ts': {
    LocalAnalysisProvider: part(async (text) => {
      for (const language of ['en', 'zh'])
        await new LocalAnalysisProvider().analyse(
          { title: text.slice(0, LIMITS.title), language, scenes: timed(text) },
          never,
        );
    }),
  },
  'src/providers/local/artist.ts': {
    LocalImageProvider: 'calls designCard, paintPicture, layOutCardWords and paintWords',
  },
  'src/providers/local/canceled.ts': { throwIfCanceled: 'takes a signal' },
  'src/providers/local/early-title.ts': { earlyTitle: article((text) => earlyTitle({ kind: 'article', text }, 'en')) },
  'src/providers/local/voice.ts': { LocalSpeechProvider: 'calls the functions of speech/ one after another' },
  'src/providers/local/writer.ts': {
    LocalTextProvider: part(async (text) => {
      await write('script', 'en')(text.slice(0, LIMITS.script));
      await write('article', 'en')(text);
      await write('article', 'zh')(text);
    }),
  },
  'src/providers/local/analysing/chapters.ts': { chaptersOf: part((text) => chaptersOf(timed(text), english)) },
  'src/providers/local/analysing/summary.ts': { summaryOf: part((text) => summaryOf([text], english)) },
  'src/providers/local/analysing/tags.ts': { tagsOf: part((text) => tagsOf(text.slice(0, 200), [text], english)) },
};
