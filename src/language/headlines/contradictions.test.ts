import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { contradicts } from './contradictions.ts';

describe('A sentence takes back the one before it', () => {
  it.each([
    ['en', 'They said that the bridge was safe.', 'It was not.'],
    ['en', 'The mushroom is edible.', 'It is not edible raw.'],
    ['en', 'People think all bees make honey.', 'Hardly any do; of 270 kinds, only one does.'],
    ['en', 'Some say that the well is safe.', 'But it is not.'],
    ['de', 'Die Brücke ist sicher.', 'Das stimmt nicht.'],
    ['fr', 'Il avait prévu de supprimer 300 postes.', 'Il n’en a rien été.'],
    ['fr', 'Il a perdu 40 000 livres, dit-il.', 'Aucun témoin ne le confirme.'],
    ['es', 'Dicen que el puente es seguro.', 'No es cierto.'],
    ['pt', 'Dizem que a ponte é segura.', 'Não é verdade.'],
    ['it', 'Dicono che il ponte sia sicuro.', 'Non è vero.'],
    ['zh-TW', '有人說這座橋很安全。', '其實不然。'],
    ['zh-CN', '很多人以为蝙蝠是瞎的。', '事实并非如此。'],
  ])('where it denies what that claims, in %s: %s %s', (language, before, sentence) => {
    expect(contradicts(sentence, before, languageOf(language))).toBe(true);
  });

  it.each([
    ['en', 'The last message was sent in May.', 'Tom did not answer it.'],
    ['en', 'These pancakes are soft and thick.', 'They contain no sugar at all.'],
    ['de', 'Die Mühle lieferte 5 kW.', 'Reich wurde sie damit nie.'],
    ['fr', 'Louis XIV fit creuser un canal.', 'Il n’y eut jamais d’eau.'],
    ['es', 'El faro está a 14 km del puerto.', 'No hay autobús los domingos.'],
    ['pt', 'Cuidou do farol por 41 anos.', 'Ele não pretende voltar.'],
    ['it', 'L’opera pesa 180 kg.', 'Non è firmata.'],
    ['zh-TW', '只有3個人點了連結。', '沒有任何密碼外洩。'],
    ['zh-CN', '滤芯每6个月换一次。', '不要用水洗。'],
    ['en', 'It rains.', 'It pours.'],
  ])('not where it says something else, in %s: %s %s', (language, before, sentence) => {
    expect(contradicts(sentence, before, languageOf(language))).toBe(false);
  });
});
