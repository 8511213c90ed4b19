import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../language/language.ts';
import { dependsOnPrevious } from '../../../language/sentences/references.ts';
import { sentencesOf } from '../../../language/sentences/sentences.ts';
import { finishedSeconds } from '../../../language/spoken/speaking-rate.ts';
import type { Script, ScriptRequest, ScriptSource } from '../../ports.ts';
import { LocalTextProvider } from './local-text-provider.ts';

const writer = new LocalTextProvider();

const calm = new AbortController().signal;

const sample = (name: string) => readFileSync(new URL(`../../../../samples/${name}`, import.meta.url), 'utf8');

const narrations = (script: Script) => script.scenes.map((scene) => scene.narration);

function write(source: ScriptSource, more: Partial<Omit<ScriptRequest, 'source'>> = {}): Promise<Script> {
  return writer.writeScript({ source, language: 'en', speed: 1, ...more }, calm);
}

describe('An article', () => {
  const article = sample('article.txt');
  const condensed = (target?: number, text = article) =>
    write({ kind: 'article', text }, target === undefined ? {} : { targetDurationSeconds: target });

  it.each([20, 30, 45, 60, 90, 120, 180])('is condensed to about %i seconds', async (target) => {
    const seconds = finishedSeconds(narrations(await condensed(target)), languageOf('en'), 1);
    expect(Math.abs(seconds - target) / target).toBeLessThan(0.08);
  });

  it('is condensed to a minute by default', async () => {
    expect(finishedSeconds(narrations(await condensed()), languageOf('en'), 1)).toBeCloseTo(60, -1);
  });

  it('has more text for the same time when it is spoken faster', async () => {
    const fast = await write({ kind: 'article', text: article }, { speed: 2, targetDurationSeconds: 60 });
    expect(narrations(fast).join(' ').length).toBeGreaterThan(1.5 * narrations(await condensed(60)).join(' ').length);
  });

  it('keeps a list in one scene, with the sentence that leads to it', async () => {
    const facts =
      'Hot rock escapes through a volcano. In 1815 Tambora exploded. In 1883 Krakatoa was heard 4,800 km away.';
    const list = 'What you need for a visit:\n- sturdy boots\n- a helmet\n- plenty of water';
    const text = `${facts}\n\nThe share of geothermal power was 45 % in 2020.\n\n${list}\n\nNever enter a crater alone.`;
    const [scene = ''] = narrations(await condensed(undefined, text)).filter((narration) =>
      narration.includes('boots'),
    );
    expect(scene).toMatch(/What you need for a visit: sturdy boots\. a helmet\. plenty of water\./);
  });

  it('keeps its own sentences in its own order', async () => {
    const source = sentencesOf(article.replace(/\s+/gu, ' '), languageOf('en')).map((sentence) => sentence.text);
    const chosen = narrations(await condensed(90)).flatMap((text) =>
      sentencesOf(text, languageOf('en')).map((s) => s.text),
    );
    const places = chosen.map((sentence) => source.findIndex((candidate) => candidate.endsWith(sentence)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(places).size).toBe(places.length);
  });

  it.each([20, 45, 60, 90, 150])(
    'never keeps a sentence that depends on one that was left out (%i s)',
    async (target) => {
      const source = sentencesOf(article.replace(/\s+/gu, ' '), languageOf('en')).map((sentence) => sentence.text);
      const chosen = narrations(await condensed(target)).flatMap((text) =>
        sentencesOf(text, languageOf('en')).map((s) => s.text),
      );
      for (const [i, sentence] of chosen.entries()) {
        if (!dependsOnPrevious(sentence, languageOf('en'))) continue;
        const place = source.findIndex((candidate) => candidate.endsWith(sentence));
        expect(source[place - 1]).toBe(chosen[i - 1]);
      }
    },
  );

  it.each([
    [
      'en',
      'The bees rarely sting visitors.',
      '“I was not brave,” he says.',
      '“I was slow with the bees of the valley.”',
    ],
    ['de', 'Die Bienen stechen selten.', '„Ich war nicht mutig“, sagt er.', '„Ich war langsam bei den Bienen im Tal.“'],
    ['zh-TW', '蜜蜂很少螫訪客。', '「我並不勇敢，」他說。', '「我只是在山谷的蜜蜂旁邊走得慢。」'],
  ])(
    'never keeps a quotation without the sentence that has its speaker (%s)',
    async (language, fact, first, second) => {
      const space = language === 'zh-TW' ? '' : ' ';
      const speaker = { en: 'Jonas Weber keeps', de: 'Jonas Weber hat', 'zh-TW': '約納斯有' }[language] ?? '';
      const bees =
        { en: ' the bees of the valley.', de: ' die Bienen im Tal.', 'zh-TW': '山谷的蜜蜂。' }[language] ?? '';
      const text = [`${speaker}${bees}`, first, second, fact].join(space);
      const kept: string[] = [];
      for (const targetDurationSeconds of [5, 6, 7, 8, 9, 10]) {
        const made = narrations(await write({ kind: 'article', text }, { language, targetDurationSeconds })).join(
          space,
        );
        if (made.includes(second)) {
          kept.push(made);
          expect(made).toContain([first, second].join(space));
        }
      }
      expect(kept).not.toEqual([]);
    },
  );

  it.each([20, 25, 30, 35, 40])('keeps a warning at every length (%i s)', async (target) => {
    const warning = 'Small children must not swallow any of it.';
    const text = [
      'The lake stays open, although the town has found algae in the water of the lake.',
      'The town sees no danger for adults in the water, said the mayor Anna Weber.',
      'Last year 12,400 guests came to the lake, and 3,000 of them were children.',
      'The repair of the dam costs 12 million euros less than a new dam at the lake.',
      'The town will take more samples of the water on Friday.',
      warning,
    ].join(' ');
    expect(narrations(await condensed(target, text)).join(' ')).toContain(warning);
  });

  it.each([
    [
      'en',
      '“I do not miss the sea,” he says. “I miss the silence.”',
      '“I do not miss the sea,”',
      '“I miss the silence.”',
    ],
    ['pt', '“Não tenho saudade do mar”, diz. “Tenho saudade do silêncio.”', '“Não tenho', '“Tenho saudade'],
    ['fr', '« La mer ne me manque pas », dit-il. « Le silence me manque. »', '« La mer', '« Le silence'],
    ['zh-TW', '「我不想念大海，」他說。「我想念的是安靜。」', '「我不想念', '「我想念'],
  ])('never has one half of a quotation without the other, in %s: %s', async (language, said, first, second) => {
    const others: Readonly<Record<string, string>> = {
      en: 'Amadeu kept the light for 41 years. The tower is high. The light reaches 32 km. Ships pass it at night.',
      pt: 'Amadeu cuidou do farol por 41 anos. A torre é alta. A luz alcança 32 km. Os navios passam à noite.',
      fr: 'Amadeu a gardé le phare 41 ans. La tour est haute. La lumière porte à 32 km. Les navires passent la nuit.',
      'zh-TW': '阿馬德守了四十一年的燈塔。這座塔很高。燈光照到三十二公里外。船隻夜裡經過這裡。',
    };
    const text = `${others[language] ?? ''}\n\n${said}\n\n${others[language] ?? ''}`;
    for (const targetDurationSeconds of [10, 13, 16, 19, 22, 25]) {
      const script = await write({ kind: 'article', text }, { language, targetDurationSeconds });
      const spoken = narrations(script).join(' ');
      expect([targetDurationSeconds, spoken.includes(first)]).toEqual([targetDurationSeconds, spoken.includes(second)]);
    }
  });

  it('has scenes of one to three sentences and its heading as the title', async () => {
    const made = await condensed(90);
    for (const text of narrations(made)) expect([1, 2, 3]).toContain(sentencesOf(text, languageOf('en')).length);
    expect(made.title).toBe('How the Tides Work');
    expect(narrations(made).join(' ')).not.toContain('How the Tides Work');
  });

  it('with one line for each paragraph keeps its heading and its paragraphs', async () => {
    const made = await condensed(90, article.replace(/\n\n/gu, '\n'));
    expect(made.title).toBe('How the Tides Work');
    expect(narrations(made)).toEqual(narrations(await condensed(90)));
  });

  it('does not repeat a statement', async () => {
    const facts = [
      'The harbour was built in the year 1888 by the town.',
      'The town built the harbour in the year 1888.',
    ];
    const other = [
      'Fishing boats bring herring every morning.',
      'A lighthouse guards the northern cliffs at night.',
      'Tourists photograph seals on warm summer rocks.',
    ];
    const text = [facts[0], ...other, facts[1]].join(' ');
    const made = narrations(await condensed(16, text)).join(' ');
    expect(facts.filter((fact) => made.includes(fact)).length).toBeLessThanOrEqual(1);
  });

  it('is used completely when it is shorter than wanted', async () => {
    const text = 'The sea is wide. Fish live in the sea.';
    expect(narrations(await condensed(60, text)).join(' ')).toBe(text);
  });

  it('in which every sentence depends on the previous one is still condensed to length', async () => {
    const life = [
      'Marie Curie was born in Warsaw in 1867.',
      ...Array.from(
        { length: 40 },
        (_, i) =>
          `She then measured sample number ${i + 1} with great care in ${['Paris', 'winter', 'her shed', 'spring'][i % 4]}.`,
      ),
    ];
    const made = narrations(await condensed(60, life.join(' ')));
    expect(finishedSeconds(made, languageOf('en'), 1)).toBeGreaterThan(51);
    expect(made[0]).toMatch(/^Marie Curie/u);
  });

  it('in Chinese is condensed without added spaces or a lost reference', async () => {
    const paragraph =
      '潮汐是海水受到月球引力而升降的現象。月球離地球最近的一面受到的拉力最強。因此，那一面的海水會隆起。太陽也會引起潮汐，不過力量比較小。滿月和新月的時候，兩者的力量加在一起。這時的潮水特別高，稱為大潮。漁民依照潮汐表出海捕魚。港口的設計也要考慮水位的變化。';
    const made = narrations(
      await write(
        { kind: 'article', text: `${paragraph}\n\n${paragraph.replaceAll('潮', '浪')}` },
        { language: 'zh-TW', targetDurationSeconds: 30 },
      ),
    );
    const text = made.join('');
    expect(text).not.toMatch(/\s/u);
    // Either the sentence has what it refers to before it, or it is left out.
    expect(text.replaceAll('拉力最強。因此，那一面', '')).not.toContain('因此，那一面');
    expect(Math.abs(finishedSeconds(made, languageOf('zh-TW'), 1) - 30)).toBeLessThan(4.5);
  });

  it('of 100,000 characters is condensed within the timeout', async () => {
    expect(narrations(await condensed(300, 'a. B c! '.repeat(12_500))).length).toBeGreaterThan(0);
  });
});
