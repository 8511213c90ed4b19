import { describe, expect, it } from 'vitest';
import { cleanText } from '../clean.ts';

describe('A text of UTF-8 that was read as Windows-1252 is repaired', () => {
  it.each([
    ['Le cafÃ© est fermÃ©.', 'Le café est fermé.'],
    ['Itâ€™s a â€œgoodâ€\u009D day â€“ really â€¦', 'It’s a “good” day – really …'],
    ['20Â°C and Â£5', '20°C and £5'],
    ['SchÃ¶ne GrÃ¼ÃŸe, 5 â‚¬', 'Schöne Grüße, 5 €'],
    ['Ã‰cole Ã  la mer, dÃ©jÃ\u00A0 vu', 'École à la mer, déjà vu'],
    ['câ€™est lÃ .', 'c’est là.'],
    ['El DÃ\u00ADa', 'El Día'],
    ['ä½\u00A0å¥½ä¸–ç•Œ', '你好世界'],
    ['Nice ðŸ˜€ day', 'Nice 😀 day'],
    ['ÃƒÂ©tÃƒÂ©', 'été'],
    ['It\u0092s \u0093here\u0094', 'It’s “here”'],
  ])('%s', (text, repaired) => expect(cleanText(text)).toBe(repaired));

  it.each([
    'MAÇÃ” NÃO PÃO VERÃO',
    '„Å“ och ”Å”',
    'né”… et voilà»…',
    'À Âge, à côté',
    'Ä±',
    'Ação: © 2027 Â',
    'São «MAÇû',
  ])('but not %s', (text) => expect(cleanText(text)).toBe(text));
});

describe('A word that is divided at the end of a line', () => {
  it.each([
    ['an exam-\nple of it', 'an example\nof it'],
    ['an exam-  \n  ple, and', 'an example,\nand'],
    ['inter-\nnational', 'international'],
    ['exam\u00AD\nple', 'example'],
    ['die Bundes‐\nregierung tagt', 'die Bundesregierung\ntagt'],
    ['It is easy-\ngoing. An easygoing man.', 'It is easygoing.\nAn easygoing man.'],
    ['It is an exam-\nple.\n\nNext', 'It is an example.\n\nNext'],
  ])('is one word: %j', (text, joined) => expect(cleanText(text)).toBe(joined));

  it.each([
    ['a well-\nknown fact', 'a well-known\nfact'],
    ['a slow-\nmoving sea', 'a slow-moving\nsea'],
    ['It is grass-\nroots work. Grass-roots work!', 'It is grass-roots\nwork. Grass-roots work!'],
    ['twenty-\none bees', 'twenty-one\nbees'],
    ['state-of-the-\nart work', 'state-of-the-art\nwork'],
    ['his mother-\nin-law', 'his mother-in-law'],
    ['UN-\nbacked talks and an e-\nmail', 'UN-backed\ntalks and an e-mail'],
    ['Viendra-t-\nil demain ?', 'Viendra-t-il\ndemain ?'],
    ['Peut-\nêtre', 'Peut-être'],
  ])('keeps its hyphen: %j', (text, joined) => expect(cleanText(text)).toBe(joined));

  it.each(['the pre-\nand post-war years', 'Vor-\nund Nachteile', 'He left -\nand came', '- one\n- two'])(
    'is none in %j',
    (text) => expect(cleanText(text)).toBe(text),
  );
});

describe('Letters of printing are plain letters', () => {
  it.each([
    ['The ﬁrst ﬂower and oﬃce', 'The first flower and office'],
    ['Ｈｅｌｌｏ，ｗｏｒｌｄ！', 'Hello,world!'],
    ['我用ＨＴＭＬ５，ａ＠ｂ．ｔｗ。', '我用HTML5，a@b.tw。'],
    ['co\u00ADop\u00ADer\u00ADate', 'cooperate'],
  ])('%s', (text, plain) => expect(cleanText(text)).toBe(plain));

  it('but full-width digits and marks of a Chinese text stay', () => {
    expect(cleanText('１０月，好！')).toBe('１０月，好！');
  });
});
