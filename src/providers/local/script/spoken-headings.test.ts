import { describe, expect, it } from 'vitest';
import { LocalTextProvider } from './local-text-provider.ts';

const { signal } = new AbortController();

async function narrationsOf(text: string, language: string, kind: 'script' | 'article' = 'script'): Promise<string[]> {
  const script = await new LocalTextProvider().writeScript({ source: { kind, text }, language, speed: 1 }, signal);
  return script.scenes.map(({ narration }) => narration);
}

describe('A heading that says what its section is about', () => {
  it.each([
    ['en', 'Helmet', 'It is compulsory everywhere.', 'Helmet. It is compulsory everywhere.'],
    ['de', 'Helm', 'Ist auf der ganzen Baustelle Pflicht.', 'Helm. Ist auf der ganzen Baustelle Pflicht.'],
    ['fr', 'Casque', 'Obligatoire sur tout le chantier.', 'Casque. Obligatoire sur tout le chantier.'],
    ['es', 'Casco', 'Es obligatorio en toda la obra.', 'Casco. Es obligatorio en toda la obra.'],
    ['pt', 'Capacete', 'É obrigatório em toda a obra.', 'Capacete. É obrigatório em toda a obra.'],
    ['it', 'Casco', 'È obbligatorio in tutto il cantiere.', 'Casco. È obbligatorio in tutto il cantiere.'],
    ['zh-TW', '安全帽', '進工地一定要戴。', '安全帽。進工地一定要戴。'],
    ['zh-CN', '安全帽', '进工地一定要戴。', '安全帽。进工地一定要戴。'],
  ])('is spoken before it in %s', async (language, heading, sentence, narration) => {
    const text = `# 2026\n\n## ${heading}\n\n${sentence}`;
    for (const kind of ['script', 'article'] as const)
      expect(await narrationsOf(text, language, kind)).toEqual([narration]);
  });

  it.each([
    ['en', 'Getting a ticket', '- On the boat\n- At the pier', 'Getting a ticket. On the boat. At the pier.'],
    ['de', 'Werkzeug', '- Hammer\n- Zange', 'Werkzeug. Hammer. Zange.'],
    ['zh-TW', '材料', '- 雞蛋\n- 牛番茄', '材料。雞蛋。牛番茄。'],
  ])('is spoken before a list in %s', async (language, heading, list, narration) => {
    expect(await narrationsOf(`# 2026\n\n## ${heading}\n\n${list}`, language)).toEqual([narration]);
  });

  it.each([
    ['en', 'Safety helmets', 'Wear your helmet at all times.'],
    ['en', 'Ferries', 'The boat leaves at nine.'],
    ['de', 'Haftung', 'Wir haften nur für Vorsatz.'],
    ['it', 'Prezzi', 'Il biglietto costa 4 euro.'],
    ['zh-TW', '二、備份', '每天晚上備份一次。'],
  ])('stays silent in %s where the first sentence names it or has a subject of its own: %s', async (...given) => {
    const [language, heading, sentence] = given;
    expect(await narrationsOf(`# 2026\n\n## ${heading}\n\n${sentence}`, language)).toEqual([sentence]);
  });

  it.each([
    ['en', 'Introduction', 'Bees can see colours.'],
    ['en', '3. Conclusion', 'Buy local food.'],
    ['en', 'Chapter 2', 'She went home.'],
    ['en', '2024', 'She went home.'],
    ['de', 'Fazit', 'Kaufen Sie regional.'],
    ['fr', 'En résumé', 'Achetez local.'],
    ['es', 'Conclusión', 'Compre productos locales.'],
    ['pt', 'Introdução', 'Compre produtos locais.'],
    ['it', 'Conclusioni', 'Comprate prodotti locali.'],
    ['zh-TW', '結論', '請買在地食材。'],
    ['zh-CN', '第三章', '他回家了。'],
  ])('is silent in %s where it only names a part of the text: %s', async (language, heading, sentence) => {
    expect(await narrationsOf(`# 2026\n\n## ${heading}\n\n${sentence}`, language)).toEqual([sentence]);
  });

  it('is silent as the title of the film, but not where others of its rank follow', async () => {
    expect(await narrationsOf('# Helmets\n\nAlways wear one.', 'en')).toEqual(['Always wear one.']);
    expect(await narrationsOf('# Helmets\n\nAlways wear one.\n\n# Gloves\n\nWear them too.', 'en')).toEqual([
      'Helmets. Always wear one.',
      'Gloves. Wear them too.',
    ]);
  });

  it('is silent where no voice of the language can read it', async () => {
    expect(await narrationsOf('# 2026\n\n## A 東京の安全帽とその歴史\n\nBuy it.', 'en')).toEqual(['Buy it.']);
  });

  it('keeps code with the sentence it belongs to', async () => {
    const text = '# Tool\n\n## Upload\n\nType one line:\n\n```\nput file\n```';
    const source = { kind: 'script', text } as const;
    const { scenes } = await new LocalTextProvider().writeScript({ source, language: 'en', speed: 1 }, signal);
    expect(scenes.map(({ narration, code }) => narration.slice(code?.[0]?.start))).toEqual(['Type one line:']);
    expect(scenes[0]?.narration).toBe('Upload. Type one line:');
  });
});
