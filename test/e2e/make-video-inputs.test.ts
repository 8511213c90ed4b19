import { describe, expect, it } from 'vitest';
import type { CreateVideoMutationVariables } from '../../src/cli/generated/documents.ts';
import { frameAt, loudness, probe } from '../helpers/media/frames.ts';
import { BLOCK, WORD_HIGHLIGHT } from '../helpers/media/media-fixtures.ts';
import { cuesOf, expectCaptions, likenessTo } from './caption-checks.ts';
import { framesExpected, useMadeVideos } from './made-videos.ts';

const INPUTS = {
  chinese: {
    script: '清晨七點，一隻狐狸跑過了 3 座山丘。🦊\n\n牠停下來看日出，覺得今天會很美好。',
    language: 'zh-TW',
    title: '狐狸的早晨',
    music: { mood: 'calm', volume: 0.2 },
    resolution: 'SD_480',
  },
  portrait: { script: 'Tall pictures.', aspectRatio: 'PORTRAIT_9_16', resolution: 'FULL_HD_1080' },
  square: {
    scenes: [
      { narration: 'Ein Quadrat hat vier Seiten.', visualPrompt: 'a blue square' },
      { narration: 'Sie sind gleich.' },
    ],
    aspectRatio: 'SQUARE_1_1',
    resolution: 'SD_480',
    burnInCaptions: false,
  },
  shortest: { script: 'Hi.', voice: { speed: 2 }, resolution: 'SD_480' },
  article: {
    article: [
      'Honey bees live in colonies of many thousand workers, one queen and, in summer, some hundred drones.',
      'A worker lives about six weeks in summer. She cleans cells first, then feeds the larvae, builds combs, guards the entrance and only at last flies out to gather nectar and pollen.',
      'Bees tell each other where flowers are by dancing. The angle of the dance on the comb gives the direction relative to the sun, and its length gives the distance.',
      'In winter the colony forms a cluster round its queen. The workers in it take turns at the cold outside and warm the middle by trembling with their flight muscles, and live on the honey that was stored in summer.',
      'A strong colony stores far more honey than it needs, which is why people have kept bees for some nine thousand years.',
      'Today many colonies suffer from mites, from poor pastures and from pesticides. Gardens with flowers from spring to autumn help them and their wild relatives alike.',
    ].join('\n\n'),
    aspectRatio: 'SQUARE_1_1',
    resolution: 'SD_480',
    burnInCaptions: false,
    targetDurationSeconds: 12,
  },
} satisfies Record<string, CreateVideoMutationVariables['input']>;

const video = useMadeVideos(INPUTS);

describe('A script in Traditional Chinese', () => {
  const SLOW = 180_000;

  it(
    'becomes a film with its title, with the length of its narrations to the frame',
    async () => {
      const { film, path, steps } = await video('chinese');
      expect(film).toMatchObject({ title: '狐狸的早晨', language: 'zh-TW', status: 'COMPLETED' });
      expect(film.scenes.map(({ narration }) => narration)).toEqual([
        '清晨七點，一隻狐狸跑過了 3 座山丘。🦊',
        '牠停下來看日出，覺得今天會很美好。',
      ]);
      const { frames } = await probe(path);
      expect(frames).toBe(framesExpected(film));
      expect(steps.at(-1)?.message).toBe(`Your video is ready: ${film.durationSeconds?.toFixed(1)} s.`);
      expect(film.quality).toMatchObject({ passed: true, problems: [] });
    },
    SLOW,
  );

  it(
    'shows its captions, Chinese, number and emoji, complete and in their place',
    async () => {
      const made = await video('chinese');
      await expectCaptions(made, BLOCK, 'zh-TW');
      const lines = cuesOf(made.film.srt).flatMap((cue) => cue.lines);
      for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(21);
      expect(lines.join('').replaceAll(' ', '')).toBe(
        '清晨七點，一隻狐狸跑過了3座山丘。🦊牠停下來看日出，覺得今天會很美好。',
      );
    },
    SLOW,
  );

  it(
    'keeps its loudness with music under the voice',
    async () => {
      const { integratedLufs, truePeakDbtp } = await loudness((await video('chinese')).path);
      expect(Math.abs(integratedLufs + 14)).toBeLessThanOrEqual(1);
      expect(truePeakDbtp).toBeLessThanOrEqual(-1);
    },
    SLOW,
  );
});

describe('Other inputs', () => {
  const SLOW = 180_000;

  it(
    'a tall film in full HD is 1080 × 1920',
    async () => {
      const { film, path } = await video('portrait');
      const { streams, frames } = await probe(path);
      expect(streams[0]).toMatchObject({ width: 1080, height: 1920 });
      expect(frames).toBe(framesExpected(film));
      expect(film).toMatchObject({ aspectRatio: 'PORTRAIT_9_16', resolution: 'FULL_HD_1080' });
      await expectCaptions(await video('portrait'), WORD_HIGHLIGHT, 'en');
    },
    SLOW,
  );

  it(
    'given scenes, in a square of 480 and without captions in the picture, stay unchanged',
    async () => {
      const { film, path } = await video('square');
      expect((await probe(path)).streams[0]).toMatchObject({ width: 480, height: 480 });
      expect(film.scenes.map(({ narration }) => narration)).toEqual(
        INPUTS.square.scenes.map(({ narration }) => narration),
      );
      expect(film.scenes[0]?.visualPrompt).toContain('a blue square');
      expect(film.srt).toContain('Quadrat');
      const size = { width: 480, height: 480 };
      for (const cue of cuesOf(film.srt)) {
        const frame = await frameAt(path, (cue.start + cue.end) / 2, size);
        const like = await likenessTo(cue, size, BLOCK, 'de');
        expect(like(frame)).toBeLessThan(0.6);
      }
    },
    SLOW,
  );

  it(
    'a text of one word at twice the speed becomes a film',
    async () => {
      const { film, path } = await video('shortest');
      expect(film).toMatchObject({ status: 'COMPLETED', language: 'en' });
      expect((await probe(path)).streams[0]).toMatchObject({ width: 854, height: 480 });
    },
    SLOW,
  );

  it(
    'an article is condensed to the requested length',
    async () => {
      const { film } = await video('article');
      const wanted = INPUTS.article.targetDurationSeconds;
      expect(Math.abs((film.durationSeconds ?? 0) - wanted)).toBeLessThanOrEqual(0.15 * wanted);
      expect(film.script?.length).toBeLessThan(INPUTS.article.article.length / 2);
      expect(film.script).toMatch(/bees|colony|honey/i);
    },
    SLOW,
  );
});
