import { atomsOf } from '../../../src/media/caption-atoms.ts';
import { SpeechTimeline } from '../../../src/media/caption-clock.ts';
import { toAss, toSrt, toVtt } from '../../../src/media/caption-files.ts';
import { hardBreak } from '../../../src/media/caption-hard-break.ts';
import { SkiaCaptionPainter } from '../../../src/media/caption-picture.ts';
import { columnsOf, glyphsOf, isEastAsian } from '../../../src/media/caption-width.ts';
import { cuesFor } from '../../../src/media/captions.ts';
import { cuesIn, fonts, inBoth, NUMBERS, narration, type SubjectsByModule, unitsIn } from '../subject.ts';

/** The functions in src/media. */
export const MEDIA: SubjectsByModule = {
  'src/media/caption-artist.ts': {},
  'src/media/caption-atoms.ts': { atomsOf: narration(inBoth((text, { tag }) => atomsOf(text, tag, tag !== 'en'))) },
  'src/media/caption-clock.ts': {
    SpeechTimeline: narration((text) => {
      const timeline = new SpeechTimeline(unitsIn(text), text);
      for (let offset = 0; offset < text.length; offset += 1) timeline.startOf(offset) + timeline.endOf(offset);
    }),
  },
  'src/media/caption-files.ts': {
    toSrt: narration((text) => toSrt([{ startSeconds: 0, endSeconds: 1, lines: [text] }])),
    toVtt: narration((text) => toVtt([{ startSeconds: 0, endSeconds: 1, lines: [text] }])),
    toAss: narration((text) =>
      toAss([{ startSeconds: 0, endSeconds: 1, lines: [text] }], { width: 9, height: 9 }, 'en'),
    ),
  },
  'src/media/caption-hard-break.ts': { hardBreak: narration((text) => hardBreak(glyphsOf(text, false))) },
  'src/media/caption-layout.ts': { bestCues: 'called by cuesFor' },
  'src/media/caption-picture.ts': {
    SkiaCaptionPainter: {
      limit: 500,
      task: async (text) => {
        const painter = new SkiaCaptionPainter(fonts);
        for (const cue of cuesIn(text).slice(0, 1)) await painter.paint(cue, { width: 320, height: 180 }, 'en');
      },
    },
    captionSafeHeight: NUMBERS,
  },
  'src/media/caption-width.ts': {
    columnsOf: narration((text) => columnsOf(text, true)),
    glyphsOf: narration((text) => glyphsOf(text, true)),
    isEastAsian: narration(isEastAsian),
  },
  'src/media/captions.ts': {
    cuesFor: narration((text) => [cuesIn(text), cuesFor(unitsIn(text).slice(0, 1), text, 'zh')]),
    shiftCues: 'moves times',
  },
};
