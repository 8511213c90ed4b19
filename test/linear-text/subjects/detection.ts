import { functionWordsIn } from '../../../src/language/detection/function-words.ts';
import { LanguageDetector } from '../../../src/language/detection/language-detector.ts';
import { readModelFile } from '../../../src/language/detection/model-file.ts';
import { MODEL_LANGUAGES, NgramModel, ngramHash } from '../../../src/language/detection/ngram-model.ts';
import { sampleOf } from '../../../src/language/detection/sample.ts';
import { mainScript } from '../../../src/language/detection/scripts.ts';
import { article, type SubjectsByModule } from '../subject.ts';

const detector = new LanguageDetector(readModelFile);
const model = new NgramModel(readModelFile());
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The functions in src/language/detection. Those that get a sample are tested with whole articles too. */
export const DETECTION: SubjectsByModule = {
  'src/language/detection/chinese-characters.ts': 'two lists of characters',
  'src/language/detection/function-words.ts': {
    functionWordsIn: article((text) => functionWordsIn(text.split(' '), 'en')),
  },
  'src/language/detection/language-detector.ts': {
    LanguageDetector: article((text) => [
      detector.languageOf(text, (language) => MODEL_LANGUAGES.includes(language)),
      detector.otherThan('en', text),
      detector.otherThan('zh-TW', text),
    ]),
  },
  'src/language/detection/model-file.ts': { readModelFile: 'reads a file of the program' },
  'src/language/detection/ngram-model.ts': {
    NgramModel: article((text) => model.scoresOf(text)),
    ngramHash: article((text) => ngramHash(bytesOf(text), 0, text.length, true, true)),
  },
  'src/language/detection/sample.ts': { sampleOf: article(sampleOf) },
  'src/language/detection/scripts.ts': { mainScript: article(mainScript) },
};
