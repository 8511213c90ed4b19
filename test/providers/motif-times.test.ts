import { describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import type { DiscOverlay, MotifOverlay, Overlay } from '../../src/overlays/overlay.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import { designCard } from '../../src/providers/local/cards/card-design.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { imageRequest } from '../helpers/media/image-request.ts';
import { drawnTrack } from '../helpers/media/overlays.ts';
import { sceneOverlays } from '../helpers/media/scene-overlays.ts';
import { nameOf, secondsOf } from './overlays-of-scenes.ts';

const fonts = new FontBook();

interface Case {
  readonly language: string;
  readonly narration: string;
  /** The motif that a careful designer shows while each of the words is spoken; null for none. */
  readonly shown: readonly (readonly [word: string, motif: string | null])[];
}

const CASES: readonly Case[] = [
  {
    language: 'zh-TW',
    narration: '那天晚上月亮沒有出來，森林裡一片漆黑，什麼也看不見。',
    shown: [['月亮', '🌳']],
  },
  {
    language: 'en',
    narration: 'The moon did not come out that night, and the forest was dark.',
    shown: [['moon', null]],
  },
  {
    language: 'en',
    narration: 'The moon came out that night, and everything was bright.',
    shown: [['moon', '🌙']],
  },
  {
    language: 'en',
    narration: 'King Harald lived in this valley for forty years. The whole village was poor and tired of waiting.',
    shown: [
      ['forty', 'crown'],
      ['poor', null],
    ],
  },
  {
    language: 'en',
    narration: 'King Harald lived in this valley for forty years. She was never rich, and she never asked for more.',
    shown: [
      ['forty', 'crown'],
      ['asked', null],
    ],
  },
  {
    language: 'en',
    narration: 'The old lighthouse stands on a rock near the coast. It was never lit again, and it may never be.',
    shown: [['never be', 'lighthouse']],
  },
  {
    language: 'en',
    narration: 'King Harald lived in this valley for forty years. The doctor came only once in every single year.',
    shown: [
      ['forty', 'crown'],
      ['once', 'stethoscope'],
    ],
  },
  {
    language: 'de',
    narration: 'Der König lebte vierzig Jahre lang in diesem Tal. Das ganze Dorf war arm und wurde immer ungeduldiger.',
    shown: [
      ['vierzig', 'crown'],
      ['ungeduldiger', null],
    ],
  },
  {
    language: 'de',
    narration: 'Der Fuchs lief nachts durch das ganze Dorf. Er war sehr hungrig und fand trotzdem lange nichts.',
    shown: [['lange', '🦊']],
  },
  {
    language: 'de',
    narration: 'Der Eintritt kostet 8 € für einen ganzen Tag. Er gilt auch am Abend und am Wochenende für alle Gäste.',
    shown: [
      ['ganzen', 'coins'],
      ['Gäste', null],
    ],
  },
  {
    language: 'de',
    narration: 'Erst im Jahr darauf ließ der Kaiser auch Frauen zu. Sie promovierte noch im selben Jahr mit Bestnote.',
    shown: [
      ['Frauen', 'crown'],
      ['Bestnote', 'graduation-cap'],
    ],
  },
  {
    language: 'fr',
    narration: 'Le renard traverse le village chaque nuit. Tout le monde était pauvre et attendait depuis longtemps.',
    shown: [
      ['nuit', '🦊'],
      ['longtemps', null],
    ],
  },
  {
    language: 'fr',
    narration: 'Le renard traverse le village chaque nuit. Il avait très faim et ne trouvait rien depuis longtemps.',
    shown: [['longtemps', '🦊']],
  },
  {
    language: 'es',
    narration:
      'La tortuga cruza la playa muy despacio cada mañana. Todo el mundo estaba cansado y esperaba desde lejos.',
    shown: [
      ['despacio', '🐢'],
      ['lejos', null],
    ],
  },
  {
    language: 'it',
    narration: 'La camera costa 38 € a notte. La cena costa 20 € a testa. I cani dormono gratis nella stalla.',
    shown: [['stalla', '🐶']],
  },
  {
    language: 'pt',
    narration:
      'A tartaruga atravessa a praia devagar todas as manhãs. Toda a gente estava cansada e esperava de longe.',
    shown: [
      ['devagar', '🐢'],
      ['longe', null],
    ],
  },
  {
    language: 'zh-TW',
    narration: '狐狸每天晚上都會穿過這個村莊。大家那一年都很窮，等了很久很久才等到好日子。',
    shown: [
      ['村莊', '🦊'],
      ['好日子', null],
    ],
  },
  {
    language: 'zh-CN',
    narration: '狐狸每天晚上都会穿过这个村庄。它那一年很饿，等了很久很久才等到好日子。',
    shown: [['好日子', '🦊']],
  },
];

function requestOf(changes: Partial<ImageRequest>): ImageRequest {
  return imageRequest({ index: 2, title: 'A title', ...changes });
}

function overlaysOf(asked: ImageRequest): Overlay[] {
  return sceneOverlays(asked, constantVoice(asked.narration, asked.language), fonts);
}

function motifsOf(asked: ImageRequest): MotifOverlay[] {
  return overlaysOf(asked).flatMap((one) => (one.kind === 'motif' ? [one] : []));
}

function discsOf(asked: ImageRequest): DiscOverlay[] {
  return overlaysOf(asked).flatMap((one) => (one.kind === 'disc' ? [one] : []));
}

describe('A motif', () => {
  it.each(CASES.flatMap(({ shown, ...one }) => shown.map(([word, motif]) => ({ ...one, word, motif }))))(
    'is shown while the text speaks of it: $language, $narration at "$word"',
    ({ word, motif, ...scene }) => {
      const asked = requestOf(scene);
      const seconds = secondsOf(word, asked);
      const now = motifsOf(asked).filter((one) => one.startSeconds <= seconds && one.endSeconds > seconds);
      expect(now.map(nameOf)).toEqual(motif === null ? [] : [motif]);
    },
  );

  it('changes with the statements of one card', () => {
    const narration = 'Mexa os quatro ovos devagar. Rale as 3 cenouras cruas. Junte um pouco de leite frio.';
    expect(motifsOf(requestOf({ narration, language: 'pt' })).map(nameOf)).toEqual(['🥚', '🥕', '🥛']);
    const german = 'Die Eier schaumig schlagen. Zwei Kartoffeln schälen. Etwas Milch dazugießen.';
    expect(motifsOf(requestOf({ narration: german, language: 'de' })).map(nameOf)).toEqual(['🥚', '🥔', '🥛']);
  });

  it('stays although the same statement mentions a time in passing', () => {
    const narration = 'The fox crosses the village. It takes ten minutes.';
    expect(motifsOf(requestOf({ narration })).map(nameOf)).toEqual(['🦊']);
  });
});

describe('A question mark', () => {
  it.each([
    ['en', 'Have you ever asked yourself why?', ['?']],
    ['de', 'Haben Sie sich je gefragt, warum?', ['?']],
    ['fr', 'Vous êtes-vous déjà demandé pourquoi ?', ['?']],
    ['es', '¿Alguna vez te has preguntado por qué?', ['?']],
    ['zh-TW', '你有沒有想過這是為什麼？', ['?']],
    ['en', 'Have you ever asked the doctor why?', ['stethoscope']],
    ['en', 'They have never asked it at all.', []],
  ])('is the motif of a question where the scene has no other: %s, %s', (language, narration, motifs) => {
    const asked = requestOf({ narration, language });
    expect(motifsOf(asked).map(nameOf)).toEqual(motifs);
    const words = overlaysOf(asked).flatMap((one) => (one.kind === 'words' ? [one] : []));
    expect(words.map(({ mark }) => mark)).toEqual([undefined]);
  });

  it('stays no longer than its question', () => {
    const narration =
      'Have you ever asked yourself why this is so? Most of us never did, and we were all the happier for it.';
    const [mark = expect.fail(), ...others] = motifsOf(requestOf({ narration }));
    expect(others).toEqual([]);
    expect(mark.endSeconds).toBeCloseTo(secondsOf('Most', requestOf({ narration })), 0);
  });
});

describe('The disc behind motifs', () => {
  const narration =
    'Hungry birds wait in the old garden every morning. The fox sleeps behind the wooden fence until noon. So much was said about all of this in those long years.';

  it('is there while motifs follow one another, and only then', () => {
    // A picture that has a plate of its own, and so no disc, is not used where the last statement has no motif.
    const toTheEnd = narration.slice(0, narration.indexOf(' So much'));
    const seeds = Array.from({ length: 40 }, (_, at) => `disc-${at}`);
    const asked = [narration, toTheEnd].flatMap((text) => seeds.map((seed) => requestOf({ narration: text, seed })));
    const withDisc = asked.filter((one) => designCard(one).scenery.motifDisc !== undefined);
    expect(withDisc.length).toBeGreaterThan(3);
    expect(withDisc.length).toBeLessThan(asked.length);
    for (const one of asked) {
      const motifs = motifsOf(one);
      expect(motifs.map(nameOf)).toEqual(['🐦', '🦊']);
      const [first = expect.fail(), last = expect.fail()] = motifs;
      const times = discsOf(one).map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]);
      expect(times).toEqual(withDisc.includes(one) ? [[first.startSeconds, last.endSeconds]] : []);
    }
  });

  it('is larger than the motif, and below it', () => {
    const asked = Array.from({ length: 12 }, (_, at) => requestOf({ narration, seed: `disc-${at}` })).find(
      (one) => designCard(one).scenery.motifDisc !== undefined,
    );
    const overlays = overlaysOf(asked ?? expect.fail());
    const disc = overlays.findIndex(({ kind }) => kind === 'disc');
    const motif = overlays.findIndex(({ kind }) => kind === 'motif');
    expect(disc).toBeLessThan(motif);
    const [below, above] = [overlays[disc], overlays[motif]];
    if (below?.kind !== 'disc' || above?.kind !== 'motif') return expect.fail();
    expect(below.centre).toEqual(above.centre);
    // The outline of an emoji is round: its corners are empty.
    expect(below.radius).toBeGreaterThan(above.reach / 1.15);
  });

  it('is opaque in its middle, and nothing at the corners, when it has appeared', () => {
    const overlay: DiscOverlay = {
      kind: 'disc',
      startSeconds: 0,
      endSeconds: 2,
      centre: { x: 0.75, y: 0.5 },
      radius: 0.25,
      colour: '#2060a0',
    };
    const size = { width: 640, height: 360 };
    const order = { overlay, frames: { start: 0, end: 50 }, leaves: false, clipFrames: 50, size, frameRate: 25 };
    const { track, pixels } = drawnTrack(new SkiaOverlayPainter(fonts), order) ?? expect.fail('nothing is drawn');
    if (track.play.kind !== 'sequence') return expect.fail('it drifts');
    const picture = pixels.subarray(pixels.length - 4 * track.width * track.height);
    const alphaAt = (x: number, y: number) => picture[4 * ((y - track.y) * track.width + x - track.x) + 3];
    expect([alphaAt(480, 180), alphaAt(480, 95), alphaAt(track.x, track.y)]).toEqual([255, 255, 0]);
    // It appears in less than half a second, and then stays as it is.
    expect(track.play.begins.length).toBeGreaterThan(3);
    expect(track.play.begins.at(-1)).toBeLessThan(12);
  });
});
