import { adjust } from '../../../src/providers/local/writing/adjust.ts';
import { candidatesOf, isArticleHeading, withParagraphs } from '../../../src/providers/local/writing/article.ts';
import { evenRuns } from '../../../src/providers/local/writing/balance.ts';
import { bundlesOf, chainEndsOf, union } from '../../../src/providers/local/writing/bundles.ts';
import { condense } from '../../../src/providers/local/writing/condense.ts';
import { withoutMarks } from '../../../src/providers/local/writing/inline-marks.ts';
import { blocksOf } from '../../../src/providers/local/writing/markdown.ts';
import { outlineOf, topicTitle } from '../../../src/providers/local/writing/outline.ts';
import { groupIntoScenes } from '../../../src/providers/local/writing/scene-groups.ts';
import { evenParts, scriptScenes } from '../../../src/providers/local/writing/script-scenes.ts';
import { choose } from '../../../src/providers/local/writing/selection.ts';
import { titleOf } from '../../../src/providers/local/writing/title.ts';
import { visualPrompts } from '../../../src/providers/local/writing/visual-prompt.ts';
import { LIMITS } from '../../../src/services/new-video.ts';
import {
  article,
  candidates,
  english,
  inBoth,
  measure,
  part,
  type SubjectsByModule,
  script,
  short,
  timed,
} from '../subject.ts';

/** The functions in src/providers/local/writing. */
export const WRITING: SubjectsByModule = {
  'src/providers/local/writing/adjust.ts': {
    adjust: script((text) => {
      const all = candidates(text);
      const chosen = all.map((_, index) => index).filter((index) => index % 2 === 0);
      return adjust(all, bundlesOf(all), chosen, 0.6 * all.length, measure);
    }),
    totalsOf: 'sums up numbers',
  },
  'src/providers/local/writing/article.ts': {
    candidatesOf: part((text) => candidatesOf(blocksOf(text), english, 1)),
    isArticleHeading: article((text) => isArticleHeading({ heading: false, level: 0, text })),
    withParagraphs: article(withParagraphs),
  },
  'src/providers/local/writing/balance.ts': {
    evenRuns: script((text) =>
      evenRuns(
        Array.from(text, (one) => (one === 'a' ? 0.01 : 0.1)),
        1,
      ),
    ),
  },
  'src/providers/local/writing/bundles.ts': {
    bundlesOf: script((text) => bundlesOf(candidates(text))),
    chainEndsOf: script((text) => chainEndsOf(candidates(text))),
    worthOf: 'sums up numbers',
    union: script((text) =>
      union(
        Array.from(text, (_, index) => index),
        [0, 1],
      ),
    ),
  },
  'src/providers/local/writing/condense.ts': {
    condense: part((text) => [
      condense(blocksOf(text), english, 60, 1),
      // As long as a film may be.
      condense(blocksOf(text.slice(0, LIMITS.script)), english, 1_800, 1),
    ]),
  },
  'src/providers/local/writing/inline-marks.ts': { withoutMarks: article(withoutMarks) },
  'src/providers/local/writing/markdown.ts': { blocksOf: article(blocksOf) },
  'src/providers/local/writing/outline-texts.ts': {},
  'src/providers/local/writing/outline.ts': {
    outlineOf: short((text) => outlineOf(text, english, undefined, 1)),
    topicTitle: short((text) => topicTitle(text, english)),
    hasOutline: 'takes a language tag',
  },
  'src/providers/local/writing/scene-groups.ts': {
    groupIntoScenes: script((text) => {
      const all = candidates(text);
      return groupIntoScenes(
        all,
        all.map((_, index) => index),
      );
    }),
  },
  'src/providers/local/writing/script-scenes.ts': {
    evenParts: part((text) => evenParts(text, english, 1)),
    scriptScenes: script(inBoth((text, language) => scriptScenes(blocksOf(text), language, 1))),
  },
  'src/providers/local/writing/selection.ts': {
    choose: script((text) => choose(candidates(text), 20, measure)),
  },
  'src/providers/local/writing/title.ts': {
    titleOf: article((text) => titleOf([{ heading: false, level: 0, text }], english)),
  },
  'src/providers/local/writing/visual-prompt.ts': {
    visualPrompts: part((text) => visualPrompts(timed(text), text.slice(0, 200), english)),
  },
};
