import { describe, expect, it } from 'vitest';
import { lineEndsOf } from './line-ends.ts';

function parts(text: string, language: string): string[] {
  const ends = lineEndsOf(text, language);
  return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end).trim());
}

describe('A line may end', () => {
  it.each([
    ['zh-CN', '空气净化器的滤芯', '空气|净化器的|滤芯'],
    ['zh-CN', '每6个月更换一次', '每6个月|更换|一次'],
    ['zh-TW', '濾網每 6 個月要換一次', '濾網|每 6 個月|要換一次'],
    ['zh-CN', '一百二十个学生和三本书', '一百二十个学生|和三本书'],
    ['zh-CN', '2026年11月29日下午', '2026年|11月29日|下午'],
    ['zh-CN', '增长了百分之二十三点五', '增长了|百分之二十三点五'],
    ['zh-CN', '16岁以下的读者', '16岁以下的|读者'],
    ['zh-CN', '周日9:00—20:30开放', '周日|9:00—20:30开放'],
    ['zh-TW', '他會在下個星期三處理', '他會在|下個|星期三|處理'],
    ['zh-TW', '台股上週五下跌', '台股|上週五|下跌'],
    ['zh-TW', '他早上週五見', '他早上|週五見'],
    ['zh-CN', '公司上季营收', '公司|上季|营收'],
    ['zh-TW', '沒有一檔電子股上漲', '沒有一檔電子股|上漲'],
    ['zh-CN', '东北风5到6级', '东北风|5到6级'],
    ['zh-TW', '東北風五到六級', '東北風|五到六級'],
    ['zh-CN', '学生证半价', '学生证|半价'],
    ['zh-TW', '分析師不建議', '分析師|不建議'],
  ])(
    'between Chinese words, not inside one or between a number and what it counts: %s: %s',
    (language, text, lines) => {
      expect(parts(text, language).join('|')).toBe(lines);
    },
  );

  it.each([
    ['zh-CN', '前500名下单的用户', '前|500名下单的|用户'],
    ['zh-TW', '網路下單的客人', '網路|下單的|客人'],
    ['zh-CN', '第一天下雨', '第一天|下雨'],
    ['zh-CN', '一面背对我们', '一面|背对|我们'],
    ['zh-TW', '另一組人員將檢查', '另一組人員|將檢查'],
    ['zh-CN', '不会吵醒孩子', '不会吵醒|孩子'],
    ['zh-TW', '這道菜十五分鐘', '這道菜|十五分鐘'],
    ['zh-CN', '很多人以为月缺', '很多人|以为|月缺'],
  ])('not inside a word that the segmenter does not know: %s: %s', (language, text, lines) => {
    expect(parts(text, language).join('|')).toBe(lines);
  });

  it.each([
    ['zh-TW', '我只怕掉下去', '我只怕|掉下去'],
    ['zh-TW', '誰也看不見小松鼠', '誰也看不見|小松鼠'],
    ['zh-TW', '牠飛起來了', '牠飛起來了'],
    ['zh-CN', '我认为他不会来', '我认为|他不会来'],
    ['zh-CN', '如果你喜欢就买', '如果|你喜欢|就买'],
    ['zh-CN', '他们没有告诉我真相', '他们|没有告诉我|真相'],
    ['zh-TW', '請給我一本書', '請|給我|一本書'],
  ])('not between a pronoun and what it does, or what is done to it: %s: %s', (language, text, lines) => {
    expect(parts(text, language).join('|')).toBe(lines);
  });

  it.each([
    ['zh-CN', '哈尔滨零下18℃', '哈尔滨|零下18℃'],
    ['zh-TW', '氣溫零下十度', '氣溫|零下十度'],
    ['zh-CN', '最低气温-3℃～5℃', '最低气温|-3℃～5℃'],
    ['zh-TW', '等3～5秒再翻面', '等3～5秒|再翻面'],
    ['zh-CN', '环岛一圈约13公里', '环岛|一圈|约13公里'],
    ['zh-CN', '降水量不超过10毫米', '降水量|不超过10毫米'],
    ['zh-TW', '鹽½小匙', '鹽½小匙'],
    ['zh-TW', '月牙橋自1月20日起封閉', '月牙橋|自1月20日起|封閉'],
    ['zh-CN', '收在1万7,245点', '收在|1万7,245点'],
  ])('not between an amount and what limits it: %s: %s', (language, text, lines) => {
    expect(parts(text, language).join('|')).toBe(lines);
  });

  it.each([
    ['zh-CN', '我去不了那里', '去不了'],
    ['zh-TW', '他走得很快', '走得很快'],
    ['zh-TW', '太貴了買不起這本書', '買不起'],
    ['zh-CN', '我不喜欢下雨', '不喜欢'],
    ['zh-TW', '請把檔案傳給王小明', '王小明'],
    ['zh-TW', '牠沒有掉下去', '沒有掉下去'],
    ['zh-TW', '請不要用同一組密碼', '不要用'],
    ['zh-CN', '不还书的人不能再借', '的人'],
    ['zh-TW', '借錢投資的人應該先還錢', '的人'],
    ['zh-TW', '縣府昨（5）日宣布封閉', '昨（5）日'],
    ['zh-TW', '山上住著不會飛的小貓頭鷹', '的|小貓頭鷹'],
  ])(
    'not between a verb and its complement, a negation and its word, or inside a name: %s: %s',
    (language, text, kept) => {
      expect(parts(text, language).join('|')).toContain(kept);
    },
  );

  it.each([
    ['en', 'Please call (555) 010-0199 today.', '(555) 010-0199'],
    ['en', 'Our office in London: +44 20 7946 0958', '+44 20 7946 0958'],
    ['de', 'Sie erreichen uns unter 0800 12 34 56 jederzeit.', '0800 12 34 56'],
    ['fr', 'Appelez le 01 23 45 67 89 avant midi.', '01 23 45 67 89'],
    ['zh-CN', '手机138 1234 5678随时联系', '138 1234 5678'],
  ])('not inside a telephone number: %s: %s', (language, text, kept) => {
    expect(parts(text, language).join('|')).toContain(kept);
  });

  it.each([
    ['en', '1. Wash the rice. 2. Boil it.', '1. Wash|the|rice.|2. Boil|it.'],
    ['es', 'Pasos: 1. Lavar.', 'Pasos:|1. Lavar.'],
    ['zh-TW', '1. 洗米。2. 煮水。', '1. 洗米。|2. 煮水。'],
  ])('not after the number of an item: %s: %s', (language, text, lines) => {
    expect(parts(text, language).join('|')).toBe(lines);
  });

  it.each([
    ['fr', 'disait le renard. — Peut-être, répondait Basile', '— Peut-être,'],
    ['pt', '— Vem! disse Ana. — Já vou.', '— Já'],
  ])('not after the dash before what the next speaker says: %s: %s', (language, text, kept) => {
    expect(parts(text, language)).toContain(kept);
  });

  it.each([
    ['es', 'se pudren en 2 o 3 semanas', '2 o 3 semanas'],
    ['en', 'wait for 4 to 5 minutes more', '4 to 5 minutes'],
    ['de', 'geöffnet von 10 bis 12 Uhr', '10 bis 12'],
    ['fr', 'environ 2 à 3 jours plus tard', '2 à 3 jours'],
  ])('not inside a range: %s: %s', (language, text, kept) => {
    expect(parts(text, language).join('|')).toContain(kept);
  });

  it.each([
    ['fr', 'avait prévu de supprimer 300 postes en mai', '300 postes'],
    ['en', 'ready in 20 minutes at home', '20 minutes'],
    ['de', 'in der Stadt leben 12.400 Kinder und Eltern', '12.400 Kinder'],
    ['es', 'el bolo dura 5 días en casa', '5 días'],
    ['pt', 'Carga máxima: 150 kg/m². Não há exceções', '150 kg/m².'],
    ['de', 'es waren 20 mg/l im Wasser', '20 mg/l'],
    ['fr', 'il vaut 12 €/kg au marché', '12 €/kg'],
  ])('not between a number and what it counts: %s: %s', (language, text, kept) => {
    expect(parts(text, language).join('|')).toContain(kept);
  });

  it.each([
    ['en', 'Arsenic was found in 8 of 9 wells.', 'Arsenic|was|found|in|8 of 9 wells.'],
    ['en', 'At least 3 out of 4 families own one.', 'At|least|3 out of 4|families|own|one.'],
    ['en', 'One in five adults sleeps badly.', 'One in five|adults|sleeps|badly.'],
    ['en', 'Of these, 12 of the 14 countries agreed.', 'Of|these,|12 of the 14|countries|agreed.'],
    ['de', 'Das sagen 2 von 3 Befragten.', 'Das|sagen|2 von 3|Befragten.'],
    ['de', 'Neun von zehn Kindern lesen.', 'Neun von zehn|Kindern|lesen.'],
    ['fr', 'Cela concerne 3 sur 4 des écoles.', 'Cela|concerne|3 sur 4|des|écoles.'],
    ['fr', 'Un Français sur cinq dort mal.', 'Un Français sur cinq|dort|mal.'],
    ['es', 'Lo dicen 3 de cada 4 médicos.', 'Lo|dicen|3 de cada 4|médicos.'],
    ['es', 'En 8 de los 9 pozos hay agua.', 'En|8 de los 9|pozos|hay|agua.'],
    ['pt', 'Foram 3 em cada 4 alunos.', 'Foram|3 em cada 4|alunos.'],
    ['it', 'Lo fanno 2 su 3 studenti.', 'Lo|fanno|2 su 3|studenti.'],
    ['it', 'Un italiano su dieci legge.', 'Un italiano su dieci|legge.'],
    ['zh-TW', '9 口井中的 8 口有砷', '9 口井中的 8 口|有砷'],
    ['zh-CN', '每5人就有1人失眠', '每5人就有1人|失眠'],
    ['zh-CN', '三分之二的学生戴眼镜', '三分之二的|学生|戴眼镜'],
  ])('not inside a ratio: %s: %s', (language, text, lines) => {
    expect(parts(text, language).join('|')).toBe(lines);
  });

  it.each([
    ['en', 'They won 3 in 2019 again', '3|in|2019'],
    ['es', 'el 3 de mayo salió', '3|de|mayo'],
    ['de', 'eine Karte von 1900 zeigt', 'Karte|von|1900'],
  ])('inside what is no ratio: %s: %s', (language, text, torn) => {
    expect(parts(text, language).join('|')).toContain(torn);
  });

  it('after a number that counts nothing', () => {
    expect(parts('In 2010 it was 10 of them', 'en')).toEqual(['In', '2010', 'it', 'was', '10', 'of', 'them']);
  });

  it('between years, and inside what is too long for a line', () => {
    expect(parts('in 2019 2020 2021', 'en')).toEqual(['in', '2019', '2020', '2021']);
    expect(lineEndsOf('on Jan. 5, 2027', 'en', 5)).toEqual([3, 8, 11, 15]);
  });
});
