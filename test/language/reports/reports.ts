/**
 * Inputs of our own that show the faults of public bug reports of other tools of the field: what is said, shown or cut
 * wrongly from a text. The link is to the report.
 */

/** What is wrong, the language, the text, and the words that must be heard in it. */
export type Heard = readonly [kind: string, language: string, text: string, words: string];

export const HEARD: readonly Heard[] = [
  // https://github.com/BNolet/RLC/issues/350
  ['digits grouped by commas', 'en', 'About 22,361 people came.', 'twenty-two thousand three hundred sixty-one people'],
  // https://github.com/savoirfairelinux/num2words/issues/319
  ['groups and decimals', 'en', 'It is 24,120.10 now.', 'twenty-four thousand one hundred twenty point one zero'],
  // https://github.com/Hagsten/Talkify/issues/59
  ['decimals repeated', 'en', 'It holds 1.23 kilograms.', 'one point two three kilograms'],
  // https://github.com/lucasjinreal/Kokoros/issues/138
  ['a decimal point as the end of a sentence', 'en', 'It is 29,031.7 feet high.', 'thirty-one point seven feet high'],
  // https://github.com/savoirfairelinux/num2words/issues/402
  ['the minus of a small decimal', 'en', 'It was -0.4 degrees.', 'minus zero point four degrees'],
  // https://github.com/OHF-Voice/intents/pull/3676
  ['the minus of a temperature', 'de', 'Draußen sind es -1.5 °C.', 'minus eins Komma fünf Grad Celsius'],
  // https://github.com/athombv/homey/issues/1239
  ['a minus written as a dash', 'en', 'Sales changed by –5% then.', 'minus five percent'],
  // https://github.com/rhasspy/piper/issues/363
  ['a currency before its amount', 'en', 'They paid $500 for it.', 'paid five hundred dollars for it'],
  ['a year', 'en', 'It was built in 1908 here.', 'in nineteen oh eight here'],
  ['a Roman numeral', 'en', 'World War II ended.', 'World War two ended'],
  ['an abbreviation of a title', 'en', 'Mrs. Ann King Jr. won.', 'Missus Ann King Junior won'],
  // https://github.com/kyutai-labs/pocket-tts/issues/73
  ['a street', 'en', 'Meet me on Sunset Blvd near the pier.', 'Sunset Boulevard near the pier'],
  ['a fraction', 'en', 'Add 1/2 cup and 3/4 cup.', 'Add one half cup and three quarters cup'],
  // https://github.com/remsky/Kokoro-FastAPI/pull/256
  ['money in billions', 'en', 'A loss of $5.3 billion.', 'five point three billion dollars'],
  // https://github.com/remsky/Kokoro-FastAPI/pull/303
  ['millions of views', 'en', 'The clip has 2m views.', 'has two million views'],
  ['a length of some meters', 'en', 'The wall is 2m high.', 'two meters high'],
  ['a time with seconds', 'en', 'The record is 10:30:15 now.', 'is ten thirty fifteen now'],
  ['a time with its half of the day', 'en', 'It closes at 9:30PM.', 'nine thirty P.M.'],
  // https://github.com/remsky/Kokoro-FastAPI/issues/368
  ['a range of temperatures', 'en', 'Heat it to 40–60°C.', 'forty to sixty degrees Celsius'],
  // https://github.com/debpalash/VoiceStudio/pull/1821
  ['a range with a tilde', 'en', 'It takes 20~30 seconds.', 'twenty to thirty seconds'],
  ['a range with a tilde', 'zh-CN', '大约需要20～30秒。', '二十到三十秒'],
  // https://github.com/FluidInference/text-processing-rs/pull/48
  ['the sides of a room', 'en', 'A 5x8 m room.', 'five by eight meters room'],
  ['a range of years', 'en', 'From 1980-1986 on.', 'nineteen eighty to nineteen eighty-six'],
  // https://github.com/NousResearch/hermes-agent/pull/25956
  ['an arrow between numbers', 'en', 'It fell from 5% → 3%.', 'five percent to three percent'],
  ['a sign of more', 'en', 'In >50% of cases it works.', 'in more than fifty percent of cases'],
  ['a sign of less', 'en', 'Keep it below: <4 days.', 'less than four days'],
  ['a sign of at least', 'fr', 'Il faut ≥ 5 jours.', 'au moins cinq jours'],
  ['a sign of at most', 'zh-CN', '人数≤5，不收费。', '小于等于五'],
  ['a minus between numbers', 'en', 'So 5 – 3 = 2.', 'five minus three equals two'],
  ['a sign of division', 'en', 'So 6 ÷ 2 = 3.', 'six divided by two equals three'],
  // https://fonadalabs.ai/blog/handling-numbers-dates-and-special-characters-in-tts
  ['digits grouped as in India', 'en', 'It costs ₹1,50,000 today.', 'one hundred fifty thousand rupees'],
  // https://github.com/mekanism/Mekanism/issues/2588
  ['digits grouped by full stops', 'en', 'There are 1.000.000 of them.', 'are one million of them'],
  // https://github.com/nvaccess/nvda/issues/3814
  ['a version', 'en', 'Version 1.2.3 is out.', 'Version one point two point three is out'],
  // https://github.com/espeak-ng/espeak-ng/issues/1671
  ['a Roman numeral of one character', 'en', 'Act Ⅳ, Scene Ⅸ.', 'Act four, Scene'],
  // https://github.com/espeak-ng/espeak-ng/issues/215
  ['a Roman ordinal', 'it', 'Papa Giovanni Paolo II parla.', 'Paolo secondo parla'],
  ['a Roman number of a chapter', 'de', 'Es steht in Kapitel IV. Dort ist mehr.', 'in Kapitel vier. Dort'],
  // https://github.com/espeak-ng/espeak-ng/issues/96
  ['an ordinal', 'en', 'The 22nd and the 111th.', 'twenty-second and the one hundred eleventh'],
  // https://github.com/semidark/kikiri-tts/issues/17
  ['a date with full stops', 'de', 'Es war am 24.12.2024.', 'am vierundzwanzigsten Dezember zweitausendvierundzwanzig'],
  ['an abbreviation with full stops', 'de', 'Das ist z.B. gut.', 'ist zum Beispiel gut'],
  // https://github.com/myshell-ai/MeloTTS/issues/85
  ['a Chinese year', 'zh-CN', '2018年初，他来了。', '二零一八年初'],
  ['a Chinese percentage', 'zh-CN', '有100%不合格。', '百分之百不合格'],
  // https://github.com/fishaudio/fish-speech/pull/176
  ['a Chinese decimal', 'zh-CN', '总值13.81万亿元。', '十三点八一万亿元'],
  // https://github.com/SparkAudio/Spark-TTS/issues/205
  ['a number to call', 'zh-CN', '请拨打119或120。', '一一九或一二零'],
  ['a number to call', 'zh-TW', '請撥打1999，或打110報警。', '一九九九,或打一一零報警'],
  ['a number of telephones', 'zh-CN', '店里有电话100部。', '一百部'],
  // https://github.com/davidacm/NVDA-IBMTTS-Driver/issues/109
  ['two numbers beside a Chinese comma', 'zh-TW', '答案是1，200人答對。', '一,兩百人'],
  // https://github.com/index-tts/index-tts/issues/625
  ['a character with several readings', 'zh-CN', '他病了，得立即去医院。', 'dei3立即去医院'],
  // https://github.com/wenet-e2e/wetts/issues/225
  ['a character with several readings', 'zh-CN', '质量参差不齐。', '质量cen1ci1不齐'],
  ['a character with several readings', 'zh-CN', '他只知道和稀泥。', 'huo4稀泥'],
  // https://github.com/kuangdd/ttskit/issues/16
  ['a character with several readings', 'zh-CN', '他还了钱。', '他huan2了钱'],
  ['the usual reading of a character', 'zh-CN', '他还在银行，得了奖。', '他还在银行,得了奖'],
  // https://github.com/open-webui/open-webui/issues/7751
  ['the marks of a format', 'en', '## A *new* day_', 'A new day'],
  // https://github.com/espeak-ng/espeak-ng/issues/707
  ['a French ordinal', 'fr', 'Le 75e et la 251e gagnent.', 'soixante-quinzième et la deux cent cinquante et unième'],
  // https://github.com/savoirfairelinux/num2words/issues/409
  ['a French ordinal of hundreds', 'fr', 'La 200e page.', 'la deux centième page'],
  // https://github.com/osmandapp/OsmAnd/issues/26066
  ['a short French ordinal', 'fr', 'La 1ère et la 2ème sortie.', 'la première et la deuxième sortie'],
  // https://github.com/espeak-ng/espeak-ng/issues/484
  ['a German time', 'de', 'Wir treffen uns um 09:04 Uhr.', 'um neun Uhr vier'],
  ['one o’clock in German', 'de', 'Er kam um 1:00 Uhr.', 'um ein Uhr'],
  // https://github.com/mbailey/voicemode/issues/241
  ['an address of the web', 'en', 'Ten are at https://example.com/a/b/new now.', 'at example dot com now'],
  // https://github.com/quisquous/cactbot/issues/230
  ['a slash between words', 'en', 'Turn: In/Out now.', 'In Out now'],
  // https://github.com/hmrc/accessibility/issues/41
  ['pounds in millions', 'en', 'It cost £6.5 million then.', 'cost six point five million pounds then'],
  // https://github.com/kyutai-labs/pocket-tts/issues/162
  ['a temperature in Fahrenheit', 'en', 'It is 98.6°F, which is normal.', 'ninety-eight point six degrees Fahrenheit'],
  // https://github.com/savoirfairelinux/num2words/issues/618
  ['a year of the last century', 'en', 'In 1971 it opened.', 'in nineteen seventy-one it'],
  // https://github.com/microsoft/cognitive-services-speech-sdk-go/issues/139
  ['a day of a month', 'zh-CN', '10月29日', '十月二十九日'],
];

/** The lines of the film of an article: each of `shown` is in a narration, and none of `never` is said or shown. */
export interface Filmed {
  readonly kind: string;
  readonly language: 'en' | 'de' | 'zh-CN' | 'zh-TW';
  readonly text: string;
  readonly said: readonly string[];
  readonly never: readonly string[];
  /** The length of the film, for an article that is shortened. */
  readonly seconds?: number;
  /** Each stays in one line of a caption. */
  readonly unbroken?: readonly string[];
}

export const FILMED: readonly Filmed[] = [
  {
    // https://github.com/harry0703/MoneyPrinterTurbo/issues/954
    kind: 'lines and emphasis of Markdown',
    language: 'en',
    text: 'The first line.\n\n---\n\nSome _strong_ words and **more** of them.\n\n***\n\nThe last line.',
    said: ['The first line.', 'Some strong words and more of them.', 'The last line.'],
    never: ['---', '***', '_', '**'],
  },
  {
    // https://github.com/harry0703/MoneyPrinterTurbo/issues/221
    kind: 'a quotation and who says it',
    language: 'en',
    text: '"She is not my friend," said the boy at the gate. His mother did not answer him.',
    said: ['"She is not my friend," said the boy at the gate.'],
    never: ['\n" said'],
  },
  {
    // https://github.com/harry0703/MoneyPrinterTurbo/issues/37
    kind: 'the end of a text after three full stops',
    language: 'zh-CN',
    text: '他得到了一本书《数学入门》。等等，好像少了什么东西...后来他找到了。',
    said: ['他得到了一本书《数学入门》。', '等等，好像少了什么东西...', '后来他找到了。'],
    never: [],
  },
  {
    // https://github.com/JarodMica/audiobook_maker/issues/15
    kind: 'full stops of abbreviations',
    language: 'en',
    text: 'Ms. Lee lives in St. Louis by a lake. She works for the C.I.A., and blew a 0.9 at the U.S. test.',
    said: ['Ms. Lee lives in St. Louis by a lake.', 'She works for the C.I.A., and blew a 0.9 at the U.S. test.'],
    never: [],
  },
  {
    kind: 'an honorary degree',
    language: 'de',
    text: 'Am 3. Oktober kam Dr. h. c. Meyer nach Bonn. Er sprach nicht lange.',
    said: ['Am 3. Oktober kam Dr. h. c. Meyer nach Bonn.', 'Er sprach nicht lange.'],
    never: ['h. c\n', 'h. c.\n'],
  },
  {
    // https://github.com/nipunsadvilkar/pySBD/issues/132
    kind: 'German quotation marks',
    language: 'de',
    text: 'Sie kam zu Louis. „Darf ich mitspielen?“, fragte sie leise. Er nickte.',
    said: ['Sie kam zu Louis.', '„Darf ich mitspielen?“, fragte sie leise.'],
    never: [],
  },
  {
    // https://github.com/internetarchive/bookreader/issues/179
    kind: 'a compound at the end of a line',
    language: 'en',
    text: 'It is a well-\nknown fact of the pre-\nand post-war years.',
    said: ['It is a well-known fact of the pre- and post-war years.'],
    never: ['well- known', 'pre-and'],
  },
  {
    // https://github.com/daisy/epub-accessibility-tests/issues/122
    kind: 'numbers of notes',
    language: 'en',
    text: 'The model[1] was trained on books.[2][3] It works well.[^1]\n\n[^1]: A note for readers.',
    said: ['The model was trained on books.', 'It works well.'],
    never: ['[1]', '[2]', '[^1]', 'A note for readers'],
  },
  {
    // https://github.com/travisvn/edge-tts-universal/pull/3
    kind: 'a table',
    language: 'en',
    text: '| Name | Age |\n|---|---|\n| Ann | 30 |\n| Bob | 25 |\n\nBoth live here.',
    said: ['Ann, Age: 30.', 'Bob, Age: 25.', 'Both live here.'],
    never: ['|', '---'],
  },
  {
    // https://github.com/echogarden-project/echogarden/issues/19
    kind: 'a long Chinese sentence in lines of captions',
    language: 'zh-CN',
    text: '他要求打开的就是我的插件里面的那个很长很长没有标点的一句话他说不能断在词语中间因为那样读起来非常奇怪。',
    said: ['因为那样读起来非常奇怪。'],
    never: ['-'],
  },
  {
    // https://github.com/rany2/edge-tts/issues/234
    kind: 'Chinese words in lines of captions',
    language: 'zh-CN',
    text: '他气得不行，你的嘴巴也太讨厌了。谁会喜欢这样的人，真是麻烦。',
    said: ['你的嘴巴也太讨厌了。'],
    never: [],
    unbroken: ['嘴巴', '讨厌', '喜欢', '麻烦'],
  },
  {
    // https://github.com/harry0703/MoneyPrinterTurbo/issues/894
    kind: 'a number with a comma in a line of a caption',
    language: 'en',
    text: 'It takes about 1,000 years to grow such a forest again, and 2.5 million to form the coal below it.',
    said: ['It takes about 1,000 years to grow such a forest again, and 2.5 million to form the coal below it.'],
    never: [],
    unbroken: ['1,000 years', '2.5 million'],
  },
  {
    // https://github.com/dudarenok-maker/Castwright/issues/2310
    kind: 'references of HTML',
    language: 'en',
    text: 'Tom &amp; Ann&nbsp;came &ndash; and left. It&#39;s &ldquo;fine&rdquo; &mdash; they said.',
    said: ["It's “fine” — they said."],
    never: ['&amp;', '&nbsp;', '&ndash;', '&mdash;', '&#39;', '&ldquo;'],
  },
  {
    // https://github.com/edrlab/thorium-reader/issues/3778
    kind: 'lowered and raised characters of HTML',
    language: 'en',
    text: '<p>The formula of water is H<sub>2</sub>O, and the 3<sup>rd</sup> one is CO<sub>2</sub> here.</p>',
    said: ['The formula of water is H2O, and the 3rd one is CO2 here.'],
    never: ['<sub>'],
  },
  {
    // https://github.com/fnl/segtok/issues/16
    kind: 'a question in quotation marks and the name of who asks',
    language: 'en',
    text: '"Is it open?" Harry asked. "It is not!" Ann replied. They went home.',
    said: ['"Is it open?" Harry asked.', '"It is not!" Ann replied.'],
    never: [],
  },
  {
    // https://github.com/rohitg00/ai-engineering-from-scratch/pull/48
    kind: 'a claim and who claims it, in a short version',
    language: 'en',
    text: 'The mayor will resign. That is what a rumour said on Monday. She denied it on Tuesday. The council meets on Friday in the old town hall near the river to vote.',
    seconds: 8,
    said: [],
    never: ['will resign. The council', 'The mayor will resign.\n'],
  },
  {
    kind: 'a claim and that it is only a rumour, in a short version',
    language: 'zh-CN',
    text: '这家工厂下个月关门。这只是传言。厂长在周二说工人都会留下。工厂有三百名工人，每天生产两千辆自行车。',
    seconds: 6,
    said: [],
    never: ['关门。工厂', '关门。厂长', '关门。\n'],
  },
];
