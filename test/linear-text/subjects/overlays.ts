import { codeSize, layOutCode } from '../../../src/overlays/code/code-layout.ts';
import { doRowsFit, layOutRows } from '../../../src/overlays/rows/rows-layout.ts';
import { fitRequestOf, settingOf } from '../../../src/overlays/words/type-scale.ts';
import { layOutWords } from '../../../src/overlays/words/words-layout.ts';
import { DRAWS, NUMBERS, narration, pen, type SubjectsByModule } from '../subject.ts';

const PLACE = { box: { x: 0, y: 0, width: 400, height: 300 }, align: 'left', anchor: 'top' } as const;

const INKS = { headline: '#ffffff', emphasis: null, soft: '#ffffff', rule: '#ffffff' };
const TIMED = { language: 'en', startSeconds: 0, endSeconds: 1, place: PLACE, inks: INKS };
const PANEL = { ground: '#000000', code: '#ffffff', lead: '#ffffff' };
const CODE = { kind: 'code', ...TIMED, panel: PANEL } as const;
const ROWS = { kind: 'rows', ...TIMED, lead: '', isNumbered: false } as const;

/** The functions in src/overlays. */
export const OVERLAYS: SubjectsByModule = {
  'src/overlays/animation.ts': NUMBERS,
  'src/overlays/code/code-drawing.ts': DRAWS,
  'src/overlays/code/code-layout.ts': {
    codeSize: narration((text) => codeSize({ code: text, lead: text }, PLACE.box, 180)),
    layOutCode: narration((text) => layOutCode(pen(), { ...CODE, lead: text, code: text.slice(0, 40) }, PLACE, 180)),
  },
  'src/overlays/disc-drawing.ts': DRAWS,
  'src/overlays/drawing.ts': {},
  'src/overlays/map/map-drawing.ts': DRAWS,
  'src/overlays/map/map-label.ts': DRAWS,
  'src/overlays/map/map-view.ts': NUMBERS,
  'src/overlays/map/world-map.ts': { readWorldMap: 'reads data of our own' },
  'src/overlays/motif-drawing.ts': DRAWS,
  'src/overlays/bars/bars-drawing.ts': DRAWS,
  'src/overlays/bars/columns-drawing.ts': DRAWS,
  'src/overlays/bars/growth.ts': NUMBERS,
  'src/overlays/figure/counted.ts': NUMBERS,
  'src/overlays/figure/figure-drawing.ts': DRAWS,
  'src/overlays/figure/figure-layout.ts': DRAWS,
  'src/overlays/in-pixels.ts': NUMBERS,
  'src/overlays/rows/rows-drawing.ts': DRAWS,
  'src/overlays/rows/rows-layout.ts': {
    doRowsFit: narration((text) => doRowsFit(pen(), { ...ROWS, rows: [{ text }] }, PLACE.box, 20)),
    layOutRows: narration((text) => layOutRows(pen(), { ...ROWS, rows: [{ text, startSeconds: 0 }] }, PLACE, 300)),
  },
  'src/overlays/words/words-mark.ts': DRAWS,
  'src/overlays/ground.ts': {},
  'src/overlays/overlay-track.ts': {},
  'src/overlays/overlay.ts': {},
  'src/overlays/skia-overlay-painter.ts': DRAWS,
  'src/overlays/words/emphasis.ts': { inkOf: 'reads the lines that layOutWords makes' },
  'src/overlays/words/type-scale.ts': {
    settingOf: narration((text) => settingOf('headline', text)),
    fitRequestOf: narration((text) =>
      fitRequestOf('headline', { text, language: 'en' }, { x: 0, y: 0, width: 9, height: 9 }, 9),
    ),
  },
  'src/overlays/words/words-drawing.ts': DRAWS,
  'src/overlays/words/words-layout.ts': {
    layOutWords: narration((text) => layOutWords(pen(), { language: 'en', headline: text, secondary: '' }, PLACE, 300)),
  },
};
