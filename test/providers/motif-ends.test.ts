import { describe, expect, it } from 'vitest';
import type { MotifOverlay } from '../../src/overlays/overlay.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';
import { imageRequest } from '../helpers/media/image-request.ts';
import { nameOf, overlaysOf, secondsOf } from './overlays-of-scenes.ts';

function requestOf(changes: Partial<ImageRequest>): ImageRequest {
  return imageRequest({ index: 2, title: 'A title', ...changes });
}

function motifsOf(asked: ImageRequest): MotifOverlay[] {
  return overlaysOf(asked).flatMap((one) => (one.kind === 'motif' ? [one] : []));
}

describe('A motif', () => {
  it('ends where the next sentence of the card is about an hour of something else', () => {
    const narration = 'We sell young kale and leeks in trays. The shed opens at 8:30 a.m. on weekdays.';
    expect(motifsOf(requestOf({ narration })).map(nameOf)).toHaveLength(2);
  });

  it('changes with the rows of a list, and ends with a row of something else', () => {
    const narration = '250 g butter, melted. 3 very fresh eggs. 2 drops of vanilla essence. 1 qt. buttermilk.';
    const asked = requestOf({ narration, heading: 'What you need' });
    expect(motifsOf(asked).map(nameOf)).toEqual(['🧈', '🥚', '🥛']);
    const eggs = motifsOf(asked)[1] ?? expect.fail();
    expect(eggs.endSeconds).toBeLessThanOrEqual(secondsOf('vanilla', asked));
    const costs = {
      narration: 'Quanto costa. Pernottamento: 28 €. Cena: 16,50 €. Cani: gratis, ma non in camera.',
      language: 'it',
      heading: 'Quanto costa',
    };
    const last = motifsOf(requestOf(costs)).at(-1) ?? expect.fail();
    expect(nameOf(last)).toBe('🐶');
    expect(last.startSeconds).toBeGreaterThan(secondsOf('16,50', requestOf(costs)));
  });

  it('stays over an answer that gives an amount of it, and a time ends with its sentence', () => {
    const narration = 'Q: Are the bees dying out? A: "Not here. We lost 8.1% in 2019 and 2.4% last year."';
    expect(motifsOf(requestOf({ narration })).map(nameOf)).toEqual(['🐝']);
    const visit = 'The alarm clock rang early in the village. It has never been found out why he had to go.';
    const [clock = expect.fail(), ...others] = motifsOf(requestOf({ narration: visit }));
    expect(others).toEqual([]);
    expect(clock.endSeconds).toBeLessThan(secondsOf('never', requestOf({ narration: visit })));
  });

  it('stays in the next line of a poem, and over a sentence that says "it" of the thing', () => {
    const poem = [
      'For gulls came down from Mr. Moon and from the northern sky',
      'In twos and threes each afternoon, and once or twice at noon',
      'Nine cold and long and quiet weeks of waiting there went by',
    ].join('\n');
    const lines = requestOf({ narration: poem });
    const [gulls = expect.fail(), ...others] = motifsOf(lines);
    expect([nameOf(gulls), others]).toEqual(['🐦', []]);
    expect(gulls.endSeconds).toBeGreaterThan(secondsOf('went', lines));
    const chat =
      'Chen: I can not come, because of a fever of 38.5 °C\nWang: Then let us meet at the gate, and do not be late';
    const [fever = expect.fail(), ...later] = motifsOf(requestOf({ narration: chat }));
    expect([nameOf(fever), later]).toEqual(['🤒', []]);
    expect(fever.endSeconds).toBeLessThan(secondsOf('let', requestOf({ narration: chat })));
    for (const next of [
      'Please do not cook or wash your dishes with it either.',
      'Children under twelve must not drink any.',
    ]) {
      const well = requestOf({ narration: `Some of the well water in this old village is unsafe. ${next}` });
      expect(motifsOf(well).at(-1)?.endSeconds).toBeGreaterThan(secondsOf(next.slice(-8, -3), well));
    }
  });

  it('of a spoken heading stays over a text that names nothing to see', () => {
    const narration =
      'Capacete. Use sempre, mesmo por pouco tempo e bem ajustado. Não pinte nem cole adesivos nunca mais.';
    const asked = requestOf({ narration, language: 'pt', heading: 'Capacete' });
    const [hat = expect.fail(), ...others] = motifsOf(asked);
    expect([nameOf(hat), others]).toEqual(['hard-hat', []]);
    expect(hat.endSeconds).toBeGreaterThan(secondsOf('adesivos', asked));
  });

  it('stays over a sentence whose verb has the thing as its subject', () => {
    const narration =
      'I delfini non sono pesci, ma animali molto intelligenti. Devono salire a respirare, altrimenti annegherebbero tutti quanti.';
    const asked = requestOf({ narration, language: 'it' });
    expect(motifsOf(asked).at(-1)?.endSeconds).toBeGreaterThan(secondsOf('annegherebbero', asked));
  });

  it('is that of the sentence of a quotation', () => {
    const narration = '“The old fox came back to us last night. Then the owl began to cry for help in the dark.”';
    expect(motifsOf(requestOf({ narration })).map(nameOf)).toEqual(['🦊', '🦉']);
  });
});
