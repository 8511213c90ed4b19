import { describe, expect, it } from 'vitest';
import { promptWarning, styleWarning } from '../../providers/local/cards/look/look-warnings.ts';
import { pictureWarnings } from './picture-warnings.ts';

const BUILT_IN = { pictureWarnings: { ofStyle: styleWarning, ofPrompt: promptWarning } };

describe('Wishes for pictures', () => {
  it('are warned about where the built-in pictures cannot follow them, with what they follow', () => {
    const scenes = [
      { narration: 'One.', visualPrompt: 'a harbour at night' },
      { narration: 'Two.', visualPrompt: 'my uncle Bob, smiling' },
      { narration: 'Three.' },
    ];
    expect(pictureWarnings({ visualStyle: 'xyzzy', scenes }, 'en', BUILT_IN)).toEqual([
      { code: 'UNSUPPORTED', field: ['input', 'visualStyle'], message: expect.stringMatching(/bold news, calm/) },
      {
        code: 'UNSUPPORTED',
        field: ['input', 'scenes', '1', 'visualPrompt'],
        message: expect.stringMatching(/sea, forest/),
      },
    ]);
  });

  it.each([
    ['a style', { visualStyle: 'warm watercolour' }, 'en'],
    ['a style in another language than the video', { visualStyle: 'Nachrichten' }, 'en'],
    ['a colour', { visualStyle: 'alles in Blau' }, 'de'],
    ['a setting', { scenes: [{ narration: 'Eins.', visualPrompt: 'Ein Schiff auf dem Meer' }] }, 'de'],
    ['nothing', { visualStyle: ' ', scenes: [{ narration: 'One.', visualPrompt: '' }] }, 'en'],
  ])('are not warned about: %s', (_, input, language) => {
    expect(pictureWarnings(input, language, BUILT_IN)).toEqual([]);
  });

  it('are not warned about where another provider draws', () => {
    expect(pictureWarnings({ visualStyle: 'xyzzy' }, 'en', {})).toEqual([]);
  });
});
