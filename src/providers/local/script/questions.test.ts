import { expect, it } from 'vitest';
import { LocalTextProvider } from './local-text-provider.ts';

const { signal } = new AbortController();

async function scenesOf(text: string, language: string, kind: 'script' | 'article') {
  const script = await new LocalTextProvider().writeScript({ source: { kind, text }, language, speed: 1 }, signal);
  return script.scenes.map(({ heading, narration }) => [heading, narration]);
}

it.each([
  ['en', 'When do you open?', 'We open at nine.', 'May I bring a dog?', 'Yes, on a leash.'],
  ['de', 'Wann öffnen Sie?', 'Wir öffnen um neun.', 'Darf ich einen Hund mitbringen?', 'Ja, an der Leine.'],
  ['fr', 'Quand ouvrez-vous ?', 'Nous ouvrons à neuf heures.', 'Les chiens entrent-ils ?', 'Oui, en laisse.'],
])('A question that is a heading is spoken before its answer, and shown: %s', async (language, ...parts) => {
  const [first = '', yes = '', second = '', no = ''] = parts;
  const text = `## ${first}\n\n${yes}\n\n## ${second}\n\n${no}`;
  for (const kind of ['script', 'article'] as const)
    expect(await scenesOf(text, language, kind)).toEqual([
      [first, `${first} ${yes}`],
      [second, `${second} ${no}`],
    ]);
});

it('A list that answers a question follows it, without a space in Chinese', async () => {
  const text = '## 要带什么？\n\n- 身份证\n- 雨伞\n\n## 几点集合？\n\n早上八点。';
  expect(await scenesOf(text, 'zh-CN', 'script')).toEqual([
    ['要带什么？', '要带什么？身份证。雨伞。'],
    ['几点集合？', '几点集合？早上八点。'],
  ]);
});

it('The title of an article is not spoken, also where it is a question', async () => {
  const text = '# Why is the sky blue?\n\nThe air scatters blue light.\n\n## At night\n\nIt is dark.';
  expect(await scenesOf(text, 'en', 'script')).toEqual([
    ['Why is the sky blue?', 'The air scatters blue light.'],
    ['At night', 'At night. It is dark.'],
  ]);
});
