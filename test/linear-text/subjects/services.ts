import { clip } from '../../../src/cli/make/display/render.ts';
import { slugOf } from '../../../src/cli/make/files/out-file.ts';
import { LanguageDetector } from '../../../src/language/detection/language-detector.ts';
import { readModelFile } from '../../../src/language/detection/model-file.ts';
import {
  cleanText,
  distinct,
  FaultCollector,
  faultsOf,
  sourceOf,
} from '../../../src/services/videos/create-video-validation.ts';
import { checkSpeakable, languageWarnings, spokenLanguage } from '../../../src/services/videos/spoken-language.ts';
import { characterAt, characterBefore, normalized, withoutDirectionControls } from '../../../src/unicode.ts';
import { abilities, article, input, NUMBERS, narration, type SubjectsByModule, script } from '../subject.ts';

const finder = new LanguageDetector(readModelFile);

/** The functions of services and of the command line. */
export const SERVICES: SubjectsByModule = {
  'src/unicode.ts': {
    normalized: article((text) => [normalized(text, 'NFC'), normalized(text, 'NFKC')]),
    withoutDirectionControls: article(withoutDirectionControls),
    characterAt: article((text) => characterAt(text, text.length - 1)),
    characterBefore: article((text) => characterBefore(text, text.length)),
  },
  'src/services/videos/create-video-validation.ts': {
    cleanText: article(cleanText),
    distinct: article((text) => distinct([text, text])),
    FaultCollector: article((text) => new FaultCollector().length(text, 100, 'article')),
    faultsOf: script((text) => faultsOf({ ...input(text), script: text }, 'en', abilities)),
    sourceOf: article((text) => sourceOf(input(text))),
  },
  'src/services/videos/spoken-language.ts': {
    spokenLanguage: article((text) => spokenLanguage({ article: text }, finder, () => true)),
    languageWarnings: article((text) => languageWarnings({ article: text, language: 'en' }, finder)),
    checkSpeakable: article((text) => [
      checkSpeakable({ article: text, language: 'en' }, new FaultCollector()),
      checkSpeakable({ script: text, language: 'zh-TW' }, new FaultCollector()),
    ]),
    noVoice: 'takes language tags',
  },
  'src/cli/make/files/out-file.ts': {
    slugOf: narration(slugOf),
    checkOutput: 'takes a path of the user who runs the program',
    save: 'writes a stream',
  },
  'src/cli/make/display/render.ts': {
    clip: narration((text) => clip(text, 80)),
    duration: NUMBERS,
    render: 'puts clipped texts into lines',
  },
};
