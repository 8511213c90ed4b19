import { columnsOf, columnsOfCharacter } from '../../../src/drawing/columns.ts';
import { emojiIn, withoutEmoji } from '../../../src/drawing/emoji.ts';
import { fitText } from '../../../src/drawing/fit-text.ts';
import { balancedLines, breakLines, unitsOf } from '../../../src/drawing/line-break.ts';
import { withLongWordsDivided } from '../../../src/drawing/long-words.ts';
import { pictureHeader } from '../../../src/drawing/picture-header.ts';
import {
  DRAWS,
  fonts,
  inBoth,
  lineMeasure,
  NUMBERS,
  narration,
  pen,
  type SubjectsByModule,
  script,
} from '../subject.ts';

/** The beginnings of a PNG and of a JPEG, after which their parts are read one by one. */
const BEGINNINGS = ['89504e470d0a1a0a0000000d49484452', 'ffd8'].map((hex) => Buffer.from(hex, 'hex'));

/** The functions in src/drawing. */
export const DRAWING: SubjectsByModule = {
  'src/drawing/shapes.ts': DRAWS,
  'src/drawing/columns.ts': { columnsOf: script(columnsOf), columnsOfCharacter: script(columnsOfCharacter) },
  'src/drawing/emoji.ts': { emojiIn: script(emojiIn), withoutEmoji: script((text) => withoutEmoji(text)) },
  'src/drawing/fit-text.ts': {
    fitText: narration((text) =>
      fitText(pen(), {
        text,
        language: 'en',
        weight: 900,
        width: 160,
        height: 90,
        largest: 20,
        smallest: 12,
        maxLines: 3,
        lineHeight: 1.1,
      }),
    ),
  },
  'src/drawing/colour.ts': NUMBERS,
  'src/drawing/geometry.ts': {},
  'src/drawing/font-book.ts': { FontBook: narration((text) => [fonts.covers(text), fonts.coversCode(text)]) },
  'src/drawing/font-coverage.ts': { FontCoverage: 'called by FontBook' },
  'src/drawing/line-break.ts': {
    unitsOf: script(inBoth((text, { tag }) => unitsOf(text, tag))),
    breakLines: narration((text) => breakLines(unitsOf(text, 'en'), 40, lineMeasure)),
    balancedLines: narration((text) => balancedLines(unitsOf(text, 'en'), 40, lineMeasure)),
  },
  'src/drawing/long-words.ts': {
    withLongWordsDivided: narration((text) => withLongWordsDivided([...unitsOf(text, 'en'), { text, spaced: false }])),
  },
  'src/drawing/picture-header.ts': {
    pictureHeader: script((text) =>
      BEGINNINGS.map((beginning) => pictureHeader(Buffer.concat([beginning, Buffer.from(text, 'utf16le')]))),
    ),
  },
  'src/drawing/foreign-picture.ts': 'takes pictures, of which it reads the header',
  'src/drawing/skia.ts': { skia: 'takes nothing', releasePixels: 'takes a canvas' },
};
