import { expect } from 'vitest';
import { FontBook } from '../../../src/drawing/font-book.ts';
import type { Overlay } from '../../../src/overlays/overlay.ts';
import type { ImageRequest } from '../../../src/providers/ports.ts';
import { constantVoice } from './constant-voice.ts';
import { sceneOverlays } from './scene-overlays.ts';

export const SIZES = [
  [854, 480],
  [480, 854],
  [480, 480],
] as const;

const LINES_OF_CODE = [
  "import { createServer } from 'node:http';",
  '',
  'const server = createServer((request, response) => {',
  '  // Every path has the same answer.',
  "  response.end('Hello, wörld! 你好');",
  '});',
  'server.listen(3000);',
];
/** The code beside some of the narrations. */
const CODE = new Map([
  ['Look at the version with this short command.', 'node --version'],
  ['A server is a file with these lines.', LINES_OF_CODE.join('\n')],
]);

/** One narration for each kind of content. */
export const CONTENTS = [
  ['a number', 'en', 'Monarchs fly more than 4,000 kilometres to reach their winter home.'],
  ['a number in Chinese', 'zh-TW', '每年有超過四萬五千人來到這座城市。'],
  ['a year', 'en', 'In 1969 two people walked on the moon for the first time.'],
  ['bars', 'en', 'It was 12 percent in 1990, 25 percent in 2000 and 40 percent in 2010.'],
  ['a series', 'en', 'It was 10 % in 2000, 20 % in 2010 and 45 % in 2020.'],
  ['a series in Chinese', 'zh-TW', '2000年是10%，2010年是20%，2020年是45%。'],
  ['a list', 'en', 'What can you do? Plant native flowers. Do not use pesticides. Leave some wild corners.'],
  ['steps', 'de', 'Zuerst kocht das Wasser. Dann kommt der Reis in den Topf. Schließlich ruht alles zehn Minuten.'],
  ['an enumeration', 'fr', 'Il faut trois choses : de la farine, de l’eau et du sel.'],
  ['a quotation', 'en', '“A reef is a city under water,” says the biologist Anna Weber.'],
  [
    'a long quotation',
    'en',
    '“The reef was silent on the day when we came back to it. We swam for two hours and counted the fish of a single kind. ' +
      'It was over. That day in the cold water changed my whole life,” says the biologist Anna Weber.',
  ],
  [
    'a timeline',
    'en',
    'In 1903 two brothers flew for twelve seconds. Lindbergh crossed the ocean in 1927. In 1969, people walked on the Moon.',
  ],
  ['a timeline of clauses', 'en', 'The bridge was built in 1903, rebuilt in 1950 and closed in 1999.'],
  ['a timeline in Chinese', 'zh-TW', '1903年，萊特兄弟第一次飛行。1969年，人類登上月球。'],
  ['a definition', 'en', 'Photosynthesis is the process by which plants turn light, water and air into sugar.'],
  ['a definition in Chinese', 'zh-TW', '珊瑚礁是一種由許多小珊瑚蟲慢慢形成的海底結構。'],
  ['a line of code', 'en', 'Look at the version with this short command.'],
  ['lines of code', 'en', 'A server is a file with these lines.'],
  ['a question', 'en', 'Why do monarch butterflies fly so far south?'],
] as const;

export function request(narration: string, language: string, changes: Partial<ImageRequest> = {}): ImageRequest {
  const scene = { prompt: '', narration, title: 'A title', language, index: 1, count: 5, seed: 'content' };
  const text = CODE.get(narration);
  const code = text === undefined ? {} : { code: [{ text, start: 0 }] };
  return { ...scene, ...code, width: 854, height: 480, captionSafeHeight: 0, ...changes };
}

/** All but motifs and their discs, for a voice that takes `slowness` times as long as usual. */
export function overlaysOf(asked: ImageRequest, slowness = 1): readonly Overlay[] {
  return sceneOverlays(asked, constantVoice(asked.narration, asked.language, slowness), new FontBook()).filter(
    ({ kind }) => kind !== 'motif' && kind !== 'disc',
  );
}

/** What is shown in order: the kinds of overlays, or the mark above words. */
export function kindsOf(narration: string, language = 'en'): string[] {
  return overlaysOf(request(narration, language)).map((one) =>
    one.kind === 'words' ? (one.mark ?? 'words') : one.kind,
  );
}

/** The language and narration of a kind of content. */
export function contentOf(name: string): {
  readonly language: string;
  readonly narration: string;
} {
  const [, language, narration] = CONTENTS.find(([one]) => one === name) ?? expect.fail(name);
  return { language, narration };
}
