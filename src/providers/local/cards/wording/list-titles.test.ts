import { describe, expect, it } from 'vitest';
import { constantVoice } from '../../../../../test/helpers/media/constant-voice.ts';
import { imageRequest } from '../../../../../test/helpers/media/image-request.ts';
import { sceneOverlays } from '../../../../../test/helpers/media/scene-overlays.ts';
import { FontBook } from '../../../../drawing/font-book.ts';
import { languageOf } from '../../../../language/language.ts';
import type { ImageRequest } from '../../../ports.ts';
import { itemNameOf } from './list-titles.ts';

const fonts = new FontBook();

function shown(request: Partial<ImageRequest> & Pick<ImageRequest, 'narration' | 'language'>): (string | undefined)[] {
  const whole = imageRequest({ index: 1, count: 4, ...request });
  return sceneOverlays(whole, constantVoice(request.narration, request.language), fonts).flatMap((one) =>
    one.kind === 'words' ? [one.words.headline] : one.kind === 'rows' ? [one.lead] : [],
  );
}

describe('A title that counts mistakes', () => {
  it.each([
    ['en', '5 common mistakes in the garden', 'Mistake'],
    ['de', 'Fünf Fehler beim Gießen', 'Fehler'],
    ['fr', '7 erreurs à ne pas faire', 'Erreur'],
    ['es', '5 errores al regar las plantas', 'Error'],
    ['pt', 'Os 3 erros mais comuns', 'Erro'],
    ['it', 'Cinque errori da evitare', 'Errore'],
    ['zh-TW', '三個常見的錯誤', '錯誤'],
    ['zh-CN', '5大误区', '误区'],
  ])('names its items in %s: %s', (language, title, name) => {
    expect(itemNameOf(title, languageOf(language))).toBe(name);
  });

  it.each([
    ['en', '5 tips against mistakes'],
    ['en', 'How I made mistakes'],
    ['es', '5 consejos para regar'],
    ['zh-TW', '五個建議'],
  ])('is no other title in %s: %s', (language, title) => {
    expect(itemNameOf(title, languageOf(language))).toBeNull();
  });

  it.each([
    ['en', '3 mistakes', '1. Do not drink water. Everybody is thirsty up there.', 'Mistake 1: Do not drink'],
    ['fr', '3 erreurs', '2. Partir sans carte ni boussole. Personne ne vous trouve.', 'Erreur 2\u00a0: Partir sans'],
    ['zh-TW', '三個錯誤', '3. 晚上一個人走路上山去看日出。大家都會迷路的。', '錯誤3：晚上'],
  ])('is said with each item that has a number in %s', (language, title, narration, beginning) => {
    expect(shown({ language, title, narration }).join('|')).toContain(beginning);
    // A section has its own list.
    expect(shown({ language, title, narration, section: 'Advice' }).join('|')).not.toContain(beginning);
  });

  it('is above the rows of its list', () => {
    const narration = '1. Drink no water. 2. Leave the map at home. 3. Walk at night.';
    const request = { language: 'en', narration, title: '3 mistakes', width: 1280, height: 720, captionSafeHeight: 0 };
    const leads = Array.from({ length: 6 }, (_, seed) => shown({ ...request, seed: `${seed}` })).flat();
    expect(leads).toContain('3 mistakes');
  });
});
