import { designCard } from '../../../src/providers/local/cards/card-design.ts';
import { layOutCardWords } from '../../../src/providers/local/cards/card-painter.ts';
import { fitRequestOf, settingOf } from '../../../src/providers/local/cards/type-scale.ts';
import { motifFor } from '../../../src/providers/local/cards/wording/motifs.ts';
import { wordingOf } from '../../../src/providers/local/cards/wording/scene-wording.ts';
import { DRAWS, fonts, NUMBERS, narration, pen, picture, type SubjectsByModule } from '../subject.ts';

/** The functions in src/providers/local/cards. */
export const CARDS: SubjectsByModule = {
  'src/providers/local/cards/card-design.ts': {
    designCard: narration((text) => [0, 1, 2].map((index) => designCard(picture(text, index), fonts))),
  },
  'src/providers/local/cards/card-painter.ts': {
    layOutCardWords: narration((text) => layOutCardWords(pen(), designCard(picture(text, 1), fonts), picture(text, 1))),
    paintPicture: DRAWS,
  },
  'src/providers/local/cards/card.ts': {},
  'src/providers/local/cards/colour.ts': NUMBERS,
  'src/providers/local/cards/composition.ts': NUMBERS,
  'src/providers/local/cards/background.ts': DRAWS,
  'src/providers/local/cards/words-layout.ts': { layOutWords: 'called by layOutCardWords' },
  'src/providers/local/cards/marks.ts': DRAWS,
  'src/providers/local/cards/wording/motif-names.ts': 'data of our own',
  'src/providers/local/cards/wording/motifs.ts': { motifFor: narration((text) => motifFor(text, 'en')) },
  'src/providers/local/cards/wording/scene-wording.ts': {
    wordingOf: narration((text) => wordingOf(picture(text, 1), 'middle', fonts)),
  },
  'src/providers/local/cards/palettes.ts': NUMBERS,
  'src/providers/local/cards/random.ts': { Random: 'takes a seed of our own' },
  'src/providers/local/cards/shapes.ts': DRAWS,
  'src/providers/local/cards/type-scale.ts': {
    settingOf: narration((text) => settingOf('headline', text)),
    fitRequestOf: narration((text) => fitRequestOf('headline', text, 'en', { x: 0, y: 0, width: 9, height: 9 }, 9)),
  },
  'src/providers/local/cards/words-painter.ts': DRAWS,
};
