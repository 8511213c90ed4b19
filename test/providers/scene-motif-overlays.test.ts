import { describe, expect, it } from 'vitest';
import { contrast } from '../../src/drawing/colour.ts';
import { FontBook } from '../../src/drawing/font-book.ts';
import type { MotifOverlay } from '../../src/overlays/overlay.ts';
import { SkiaOverlayPainter } from '../../src/overlays/skia-overlay-painter.ts';
import { designCard } from '../../src/providers/local/cards/card-design.ts';
import { imageRequest } from '../helpers/media/image-request.ts';
import { drawnTrack } from '../helpers/media/overlays.ts';
import { motifsOf, overlaysOf, startsOf } from './overlays-of-scenes.ts';

const painter = new SkiaOverlayPainter(new FontBook());

describe('The motif over a picture', () => {
  it.each([
    ['fr', 'Il était une fois, à St-Cyr, un hérisson nommé Basile. Il ne piquait personne.', '🦔'],
    ['zh-TW', '山上住著一隻不會飛的小貓頭鷹，名字叫咕咕。', '🦉'],
    ['de', 'Es war einmal ein Igel, der nicht stach.', '🦔'],
    ['en', 'There once was an owl who could not fly.', '🦉'],
  ])('shows the character that a tale introduces, whatever it does not do: %s', (language, narration, motif) => {
    expect(motifsOf({ language, narration })).toEqual([motif]);
  });

  it.each([
    ['en', 'There was no dog named Rex.'],
    ['fr', 'Il n’y a pas de chien nommé Rex.'],
    ['zh-TW', '這裡沒有一隻貓頭鷹。'],
  ])('shows no character that a text denies: %s', (language, narration) => {
    expect(motifsOf({ language, narration })).toEqual([]);
  });

  it('shows the subject of the film again where the scene has no motif of its own, from its statement on', () => {
    const narration = 'No one in the village could say what to do. Basil did not hesitate for a second, and went on.';
    const context = { subject: { motif: '🦔', start: narration.indexOf('Basil') } };
    expect(motifsOf({ narration, context })).toEqual(['🦔']);
    const [start = expect.fail('no motif')] = startsOf({ narration, context });
    expect(start).toBeGreaterThan(1);
    expect(motifsOf({ narration: `${narration} The owl was silent.`, context })).toEqual(['🦉']);
  });

  it('shows the subject of the film also after what the scene names first', () => {
    const narration =
      'The fox was laughing at all of them for a while. Basil did not hesitate for a second, and went on.';
    const context = { subject: { motif: '🦔', start: narration.indexOf('Basil') } };
    expect(motifsOf({ narration, context })).toEqual(['🦊', '🦔']);
  });

  it('shows the subject: its emoji, or the thing that the beat names', () => {
    expect(motifsOf({ narration: 'Volunteers count them 🎉 each year.' })).toEqual(['🎉']);
    expect(motifsOf({ narration: 'Hungry birds wait.' })).toEqual(['🐦']);
  });

  it('shows a subject as an icon, in an ink that stands out from the scenery', () => {
    for (let seed = 0; seed < 40; seed++) {
      const asked = imageRequest({
        seed: `icon-${seed}`,
        index: 1 + (seed % 3),
        narration: 'The company raised its prices.',
      });
      const [motif] = overlaysOf(asked).filter((overlay): overlay is MotifOverlay => overlay.kind === 'motif');
      const { scenery, scheme } = designCard(asked);
      expect(motif?.sign.kind).toBe('icon');
      expect(contrast(motif?.ink ?? '#000000', scenery.motifBackground(scheme)), asked.seed).toBeGreaterThanOrEqual(3);
    }
  });

  it('draws an icon in its ink alone, inside its box', () => {
    const asked = imageRequest({ narration: 'The company raised its prices.' });
    const [overlay = expect.fail()] = overlaysOf(asked).filter(({ kind }) => kind === 'motif');
    const size = { width: 854, height: 480 };
    const order = { overlay, frames: { start: 0, end: 30 }, leaves: true, clipFrames: 30, size, frameRate: 25 };
    const { track, pixels } = drawnTrack(painter, order) ?? expect.fail();
    const alphas = Array.from({ length: track.width * track.height }, (_, at) => pixels[at * 4 + 3] ?? 0);
    const filled = alphas.filter((alpha) => alpha === 255).length / alphas.length;
    expect(filled).toBeGreaterThan(0.1);
    expect(filled).toBeLessThan(0.9);
    const edges = alphas.filter((_, at) => at < track.width || at % track.width === 0);
    expect(Math.max(...edges)).toBe(0);
  });

  it('has no motif where the scene names nothing to see', () => {
    const changes = [
      { narration: 'It was so, and it had always been so.' },
      { narration: 'There was no fire.' },
      { narration: 'Hungry birds wait.' },
      { narration: 'It was so.', heading: '3. Wait for it' },
    ];
    expect(changes.map((change) => motifsOf(change).length)).toEqual([0, 0, 1, 1]);
  });

  it('has no motif before the first one is named, except in the title scene', () => {
    const narration =
      'It is all about patience and about waiting for something good to happen. Hungry birds wait in the old garden every morning.';
    expect(motifsOf({ narration })).toEqual(['🐦']);
    expect(startsOf({ narration })[0]).toBeGreaterThan(4);
    expect(startsOf({ narration, index: 0, title: 'Patience' })).toEqual([0]);
  });

  it('shows nothing that the text denies', () => {
    expect(motifsOf({ narration: 'There was no fire.' })).toEqual([]);
    expect(motifsOf({ narration: 'The bee does not sleep.' })).toEqual(['🐝']);
  });
});
