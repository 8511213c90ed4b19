import { describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import { request } from '../helpers/media/card-contents.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { sceneOverlays } from '../helpers/media/scene-overlays.ts';

const fonts = new FontBook();
const NARRATION = 'It is all about patience.';

/** The motifs below a heading, of a sentence that names nothing. */
function signsOf(heading: string): string[] {
  const overlays = sceneOverlays(request(NARRATION, 'en', { heading }), constantVoice(NARRATION, 'en'), fonts);
  return overlays.flatMap((one) => (one.kind === 'motif' && one.sign.kind !== 'icon' ? [one.sign.text] : []));
}

describe('The motif of a scene', () => {
  it.each([
    ['3. Be patient', '3'],
    ['12) Be patient', '12'],
    ['#4: Be patient', '4'],
    ['Step 2: be patient', '2'],
    ['Schritt 5', '5'],
    ['Étape 1 : attendre', '1'],
    ['第3步：等待', '3'],
    ['2、耐心', '2'],
  ])('is the number of the author’s heading where nothing else is named: %s', (heading, number) => {
    expect(signsOf(heading)).toEqual([number]);
  });

  it.each([
    'Be patient',
    '10 ways to be patient',
    '2024: a year of patience',
    '3.5 million people wait',
    '12:30 is too late',
    '3. Oktober',
    '100. Patience',
    'Step 100',
    'Part 2.5',
    'Version 3',
  ])('is no number where the heading has none of its own: %s', (heading) => {
    expect(signsOf(heading)).toEqual([]);
  });
});
