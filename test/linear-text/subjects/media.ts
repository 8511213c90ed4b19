import { atomsOf } from '../../../src/media/captions/atoms.ts';
import { cuesFor } from '../../../src/media/captions/cues.ts';
import { columnsOf, glyphsOf, isEastAsian } from '../../../src/media/captions/glyph-width.ts';
import { hardBreak } from '../../../src/media/captions/hard-break.ts';
import { SkiaCaptionPainter } from '../../../src/media/captions/skia-caption-painter.ts';
import { SpeechTimeline } from '../../../src/media/captions/speech-timeline.ts';
import { toAss, toSrt, toVtt } from '../../../src/media/captions/subtitle-files.ts';
import { directionOf, visualOrder } from '../../../src/media/captions/word-order.ts';
import { cuesIn, fonts, inBoth, NUMBERS, narration, type SubjectsByModule, unitsIn } from '../subject.ts';

/** The functions in src/media. */
export const MEDIA: SubjectsByModule = {
  'src/media/captions/caption-painter.ts': {},
  'src/media/captions/plate.ts': 'data of our own',
  'src/media/captions/film-captions.ts': {
    filmCaptions: 'calls cuesFor and shiftCues',
    directCaptionLayout: 'calls cuesFor',
  },
  'src/media/captions/atoms.ts': { atomsOf: narration(inBoth((text, { tag }) => atomsOf(text, tag, tag !== 'en'))) },
  'src/media/captions/speech-timeline.ts': {
    SpeechTimeline: narration((text) => {
      const timeline = new SpeechTimeline(unitsIn(text), text);
      for (let offset = 0; offset < text.length; offset += 1) timeline.startOf(offset) + timeline.endOf(offset);
    }),
  },
  'src/media/captions/subtitle-files.ts': {
    toSrt: narration((text) => toSrt([{ startSeconds: 0, endSeconds: 1, lines: [text] }])),
    toVtt: narration((text) => toVtt([{ startSeconds: 0, endSeconds: 1, lines: [text] }])),
    toAss: narration((text) =>
      toAss([{ startSeconds: 0, endSeconds: 1, lines: [text] }], { width: 9, height: 9 }, 'en'),
    ),
  },
  'src/media/captions/hard-break.ts': { hardBreak: narration((text) => hardBreak(glyphsOf(text, false))) },
  'src/media/captions/cue-layout.ts': { bestCues: 'called by cuesFor' },
  'src/media/captions/skia-caption-painter.ts': {
    SkiaCaptionPainter: {
      limit: 500,
      task: async (text) => {
        const painter = new SkiaCaptionPainter(fonts);
        const looks = [
          { style: 'BLOCK', highlight: '#ffcc00' } as const,
          { style: 'WORD_HIGHLIGHT', highlight: '#ffcc00' } as const,
        ];
        for (const cue of cuesIn(text).slice(0, 1))
          for (const look of looks)
            await painter.paint({ cue, size: { width: 180, height: 320 }, language: 'en', look });
      },
    },
  },
  'src/media/captions/caption-area.ts': { captionMetrics: NUMBERS, captionSafeHeight: NUMBERS, isTall: NUMBERS },
  'src/media/captions/block-drawing.ts': { BlockDrawing: 'called by SkiaCaptionPainter' },
  'src/media/captions/word-drawing.ts': { WordDrawing: 'called by SkiaCaptionPainter' },
  'src/media/captions/word-groups.ts': { groupsOf: 'called by SkiaCaptionPainter with the words of one cue' },
  'src/media/captions/highlight-steps.ts': { highlightSteps: 'called by SkiaCaptionPainter with the words of one cue' },
  'src/media/captions/word-order.ts': {
    directionOf: narration(directionOf),
    visualOrder: narration((text) => visualOrder(text.split(' '), 'rtl')),
  },
  'src/media/captions/glyph-width.ts': {
    columnsOf: narration((text) => columnsOf(text, true)),
    glyphsOf: narration((text) => glyphsOf(text, true)),
    isEastAsian: narration(isEastAsian),
  },
  'src/media/captions/cues.ts': {
    cuesFor: narration((text) => [cuesIn(text), cuesFor(unitsIn(text).slice(0, 1), text, 'zh')]),
    shiftCues: 'moves times',
  },
};
