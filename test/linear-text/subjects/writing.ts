import { adjust } from '../../../src/providers/local/script/article/adjust.ts';
import { bundlesOf, chainEndsOf, union } from '../../../src/providers/local/script/article/bundles.ts';
import { candidatesOf, withParagraphs } from '../../../src/providers/local/script/article/candidates.ts';
import { condense } from '../../../src/providers/local/script/article/condense.ts';
import { promisedBy } from '../../../src/providers/local/script/article/promised.ts';
import { groupIntoScenes } from '../../../src/providers/local/script/article/scene-groups.ts';
import { choose } from '../../../src/providers/local/script/article/selection.ts';
import { evenRuns } from '../../../src/providers/local/script/balance.ts';
import {
  codeOfParts,
  joinBlocks,
  withCode,
  withCodeOf,
  withoutCodeOfHeadings,
} from '../../../src/providers/local/script/code-of-sentences.ts';
import { withSpokenQuestions } from '../../../src/providers/local/script/questions.ts';
import {
  evenParts,
  scriptScenes,
  speakableBlocks,
  spokenAndHeadings,
} from '../../../src/providers/local/script/script-scenes.ts';
import { shownCode } from '../../../src/providers/local/script/shown-code.ts';
import { articleDocument } from '../../../src/providers/local/script/source-document.ts';
import { titleHeading, withSubject } from '../../../src/providers/local/script/spoken-headings.ts';
import { titleOf } from '../../../src/providers/local/script/title.ts';
import { visualPrompts } from '../../../src/providers/local/script/visual-prompt.ts';
import { LIMITS } from '../../../src/services/videos/create-video-validation.ts';
import {
  article,
  blocksOf,
  candidates,
  english,
  inBoth,
  measure,
  narration,
  part,
  type SubjectsByModule,
  script,
  sentences,
  timed,
} from '../subject.ts';

/** A block of one character with code for each character of a text. */
const codedBlocks = (text: string) =>
  Array.from(text, (one) => ({ kind: 'item', level: 0, text: one, codeAfter: 'x' }) as const);

/** Code for each tenth character of a text. */
const codeMarks = (text: string) =>
  Array.from({ length: Math.floor(text.length / 10) }, (_, index) => ({ code: 'x', at: 10 * index }));

/** The functions in src/providers/local/script. */
export const WRITING: SubjectsByModule = {
  'src/providers/local/script/article/adjust.ts': {
    adjust: sentences((text) => {
      const all = candidates(text);
      const chosen = all.map((_, index) => index).filter((index) => index % 2 === 0);
      return adjust(all, bundlesOf(all), chosen, 0.6 * all.length, measure);
    }),
    totalsOf: 'sums up numbers',
  },
  'src/providers/local/script/article/candidates.ts': {
    candidatesOf: part(async (text) => candidatesOf(await blocksOf(text), english, 1, text.slice(0, 200))),
    withParagraphs: article(withParagraphs),
  },
  'src/providers/local/script/article/promised.ts': {
    promisedBy: article((text) =>
      promisedBy(
        text,
        Array.from(text.split(' '), (word) => ({ text: word, keys: [word], worth: 1, isAlone: true })),
        english,
      ),
    ),
  },
  'src/providers/local/script/balance.ts': {
    evenRuns: script((text) =>
      evenRuns(
        Array.from(text, (one) => (one === 'a' ? 0.01 : 0.1)),
        1,
      ),
    ),
  },
  'src/providers/local/script/article/bundles.ts': {
    bundlesOf: sentences((text) => bundlesOf(candidates(text))),
    chainEndsOf: sentences((text) => chainEndsOf(candidates(text))),
    worthOf: 'sums up numbers',
    union: script((text) =>
      union(
        Array.from(text, (_, index) => index),
        [0, 1],
      ),
    ),
  },
  'src/providers/local/script/article/condense.ts': {
    condense: part(async (text) => [
      condense({ blocks: await blocksOf(text), title: text.slice(0, 200) }, english, 60, 1),
      // The maximum length of a film.
      condense({ blocks: await blocksOf(text.slice(0, LIMITS.script)), title: '' }, english, 1_800, 1),
    ]),
  },
  'src/providers/local/script/article/scene-groups.ts': {
    groupIntoScenes: sentences((text) => {
      const all = candidates(text);
      return groupIntoScenes(
        all,
        all.map((_, index) => index),
      );
    }),
  },
  'src/providers/local/script/code-of-sentences.ts': {
    codeOfParts: part((text) => codeOfParts(text, evenParts(text, english, 1), codeMarks(text), english)),
    joinBlocks: sentences((text) => joinBlocks(codedBlocks(text))),
    withCode: script((text) => withCode({ kind: 'item', level: 0, text }, { codeAfter: text })),
    withCodeOf: narration((text) => withCodeOf(text, codeMarks(text), english)),
    withoutCodeOfHeadings: sentences((text) => withoutCodeOfHeadings(codedBlocks(text), (_, index) => index % 2 === 0)),
  },
  'src/providers/local/script/questions.ts': {
    withSpokenQuestions: article((text) =>
      withSpokenQuestions(
        [text, 'b', text, 'd'].map((one, i) => ({ kind: i % 2 === 0 ? 'heading' : 'paragraph', level: 1, text: one })),
      ),
    ),
  },
  'src/providers/local/script/shown-code.ts': { shownCode: script(shownCode) },
  'src/providers/local/script/script-scenes.ts': {
    evenParts: part((text) => evenParts(text, english, 1)),
    scriptScenes: script(inBoth(async (text, language) => scriptScenes(await blocksOf(text), language, 1))),
    spokenAndHeadings: script(async (text) => spokenAndHeadings(await blocksOf(text))),
    speakableBlocks: script(async (text) => speakableBlocks(await blocksOf(text), english)),
  },
  'src/providers/local/script/article/selection.ts': {
    choose: sentences((text) => choose(candidates(text), 20, measure)),
  },
  'src/providers/local/script/source-document.ts': {
    articleDocument: article((text) => articleDocument(text, english)),
  },
  'src/providers/local/script/spoken-headings.ts': {
    titleHeading: article(async (text) => titleHeading(await blocksOf(text), english)),
    withSubject: part((text) =>
      withSubject({ text, marks: codeMarks(text) }, text.slice(0, 80), {
        language: english,
        title: undefined,
        kind: undefined,
      }),
    ),
  },
  'src/providers/local/script/title.ts': {
    titleOf: article((text) => titleOf({ blocks: [{ kind: 'paragraph', level: 0, text }] }, english)),
  },
  'src/providers/local/script/visual-prompt.ts': {
    visualPrompts: part((text) => visualPrompts(timed(text), text.slice(0, 200), english)),
  },
};
