import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CreateVideoMutationVariables,
  VideoProgressDocument,
  type VideoProgressSubscription,
} from '../../src/cli/generated/documents.ts';
import { FontBook } from '../../src/drawing/font-book.ts';
import { captionMetrics } from '../../src/media/captions/caption-area.ts';
import { cuesFor } from '../../src/media/captions/cues.ts';
import { SkiaCaptionPainter } from '../../src/media/captions/skia-caption-painter.ts';
import { isFastStart } from '../../src/media/checks/mp4-boxes.ts';
import type { CaptionLook, FrameSize } from '../../src/media/film/film.ts';
import { TestApp } from '../helpers/app.ts';
import type { Client } from '../helpers/client.ts';
import { FilmDocument, type FilmQuery } from '../helpers/generated/documents.ts';
import { likeness } from '../helpers/media/caption-likeness.ts';
import { type Frame, frameAt, framesOf, loudness, probe } from '../helpers/media/frames.ts';
import { BLOCK, cueOf, WORD_HIGHLIGHT } from '../helpers/media/media-fixtures.ts';
import { childrenOf } from '../helpers/processes.ts';

type Step = VideoProgressSubscription['videoProgress'];
type Film = NonNullable<FilmQuery['video']>;
type NewVideo = CreateVideoMutationVariables['input'];

interface Made {
  /** From the first one after "accepted". */
  readonly steps: readonly Step[];
  readonly film: Film;
  /** Path of the downloaded file. */
  readonly path: string;
}

let app: TestApp;
let folder: string;
let ann: Client;
const painter = new SkiaCaptionPainter(new FontBook());
/** All films that the tests below wait for, begun at once. */
let films: Record<keyof typeof INPUTS, Promise<Made>>;

const INPUTS = {
  english: {
    script: 'A fox runs over the hill at 7. 🦊\n\nIt meets a rabbit.\n\nThey watch the sun rise.',
  },
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
} satisfies Record<string, NewVideo>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'make-video-'));
  app = await TestApp.start();
  ann = await app.signedIn('ann');
  films = {
    english: make('english'),
    chinese: make('chinese'),
    portrait: make('portrait'),
    square: make('square'),
    shortest: make('shortest'),
    article: make('article'),
  };
  for (const film of Object.values(films)) film.catch(() => undefined); // the test that awaits it reports it
});

afterAll(async () => {
  await Promise.allSettled(Object.values(films ?? {}));
  await app?.close();
  await rm(folder, { recursive: true, force: true });
  expect(await childrenOf(process.pid)).toEqual([]);
}, 120_000);

/** Creates a video, watches its progress, and downloads it. */
async function make(name: keyof typeof INPUTS): Promise<Made> {
  const { id, cursor } = await ann.makeVideo(INPUTS[name]);
  const watched = await ann.watch(VideoProgressDocument, { videoId: id, after: cursor }).whole(150);
  const { video: film } = await ann.ask(FilmDocument, { id });
  if (!film?.fileUrl) throw new Error(`The video has no file: ${JSON.stringify(film?.error)}`);
  const path = join(folder, `${name}.mp4`);
  await writeFile(path, Buffer.from(await (await fetch(film.fileUrl)).arrayBuffer()));
  return { steps: watched.map(({ videoProgress }) => videoProgress), film, path };
}

/** Length by its definition, in frames of 1/25 s: each narration and a second of pause, less .4 s for each fade. */
function framesExpected({ scenes }: Film): number {
  const seconds = scenes.reduce((sum, scene) => sum + (scene.durationSeconds ?? 0) + 1, 0) - (scenes.length - 1) * 0.4;
  return Math.round(seconds * 25);
}

interface Cue {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

function cuesOf(srt: string | null): Cue[] {
  const seconds = (time: string) => {
    const [hours = 0, minutes = 0, rest = 0] = time.replace(',', '.').split(':').map(Number);
    return hours * 3_600 + minutes * 60 + rest;
  };
  return (srt ?? '')
    .trim()
    .split('\n\n')
    .map((block) => {
      const [, times = '', ...lines] = block.split('\n');
      const [start = '', end = ''] = times.split(' --> ');
      return { start: seconds(start), end: seconds(end), lines };
    });
}

describe('A script in English', () => {
  const SLOW = 180_000;

  it(
    'becomes a film, and every event of it is received in order',
    async () => {
      const { steps, film } = await films.english;
      const stages = ['SCRIPT', 'SPEECH', 'VISUALS', 'CAPTIONS', 'ASSEMBLY', 'ANALYSIS'];
      const seen = steps
        .filter(({ stage }, at) => stage !== null && stage !== steps[at - 1]?.stage)
        .map(({ stage }) => stage);
      expect(seen).toEqual(stages);
      for (const stage of stages) {
        const own = steps.filter((step) => step.stage === stage);
        expect(own.at(0)).toMatchObject({ stageStatus: 'RUNNING', status: 'PROCESSING' });
        expect(own.filter(({ stageStatus }) => stageStatus === 'COMPLETED')).toEqual([own.at(-1)]);
      }
      expect(steps.at(-1)).toMatchObject({
        status: 'COMPLETED',
        progress: 100,
        stage: null,
        etaSeconds: null,
        error: null,
      });
      expect(film).toMatchObject({
        status: 'COMPLETED',
        progress: 100,
        currentStage: null,
        run: 1,
        error: null,
        format: 'mp4',
      });
      expect(film.lastEventId).toBe(steps.at(-1)?.id);
      expect(film.stages.map(({ stage, status, progress, attempt }) => ({ stage, status, progress, attempt }))).toEqual(
        stages.map((stage) => ({ stage, status: 'COMPLETED', progress: 100, attempt: 1 })),
      );
    },
    SLOW,
  );

  it(
    'shows progress that never falls and begins each stage at its own mark',
    async () => {
      const { steps } = await films.english;
      const begins = steps.filter(({ stage }, at) => stage !== steps[at - 1]?.stage).map(({ progress }) => progress);
      expect(begins).toEqual([10, 30, 50, 75, 80, 97, 100]);
      const progress = steps.map((step) => step.progress);
      expect(progress).toEqual(progress.toSorted((one, other) => one - other));
      expect(progress.filter((value) => value === 100)).toHaveLength(1);
      expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
      expect(steps.map(({ id }) => id)).toEqual(steps.map(({ id }) => id).toSorted());
    },
    SLOW,
  );

  it(
    'reports in words what happens, the scene and the number of scenes, and the estimated time left',
    async () => {
      const { steps } = await films.english;
      for (const { message } of steps) expect(message).toMatch(/^[A-Z].*\.$/);
      for (const stage of ['SPEECH', 'VISUALS']) {
        const scenes = steps.filter((step) => step.stage === stage && step.sceneIndex !== null);
        expect(scenes.map(({ sceneIndex }) => sceneIndex).toSorted()).toEqual([0, 1, 2]);
        for (const { message, sceneIndex, sceneCount } of scenes) {
          expect(sceneCount).toBe(3);
          expect(message).toContain(`scene ${(sceneIndex ?? 0) + 1} of 3`);
        }
      }
      const running = steps.filter(({ status }) => status === 'PROCESSING');
      for (const { etaSeconds } of running) expect(etaSeconds).toBeGreaterThanOrEqual(1);
      expect(
        steps.filter(({ stage, message }) => stage === 'ASSEMBLY' && message.includes('%')).length,
      ).toBeGreaterThan(0);
    },
    SLOW,
  );

  it(
    'is H.264 with AAC for progressive playback, with the length of its narrations to the frame',
    async () => {
      const { film, path } = await films.english;
      const { streams, frames, profile } = await probe(path);
      expect(streams.find((stream) => stream.codec_type === 'video')).toMatchObject({
        codec_name: 'h264',
        width: 1280,
        height: 720,
        pix_fmt: 'yuv420p',
        color_space: 'bt709',
        color_primaries: 'bt709',
        color_transfer: 'bt709',
        color_range: 'tv',
        r_frame_rate: 25,
      });
      expect(profile).toBe('High');
      expect(streams.find((stream) => stream.codec_type === 'audio')).toMatchObject({
        codec_name: 'aac',
        sample_rate: 48_000,
        channels: 2,
      });
      expect(await isFastStart(path)).toBe(true);
      expect(frames).toBe(framesExpected(film));
      expect(film.durationSeconds).toBeCloseTo(frames / 25, 6);
      expect(film.quality).toMatchObject({ passed: true, width: 1280, height: 720, frameRate: 25, problems: [] });
    },
    SLOW,
  );

  it(
    'shows pictures that are not black and not all alike',
    async () => {
      const { film, path } = await films.english;
      const frames = await framesOf(path, 2);
      for (const frame of frames) expect(frame.mean()).toBeGreaterThan(16);
      // A band of one colour covers the whole picture for a tenth of a second at some cuts: at most one frame of each.
      const isPlain = frames.map((frame) => frame.deviation() <= 4);
      expect(isPlain.filter(Boolean).length).toBeLessThan(film.scenes.length);
      expect(isPlain.some((plain, index) => plain && isPlain[index + 1])).toBe(false);
      const [first, middle, last] = [frames.at(1), frames.at(frames.length / 2), frames.at(-2)];
      if (!first || !middle || !last) throw new Error('The film has too few frames.');
      expect(first.differenceFrom(middle)).toBeGreaterThan(4);
      expect(middle.differenceFrom(last)).toBeGreaterThan(4);
    },
    SLOW,
  );

  it(
    'shows each caption whole, in its place, while it is spoken, and none in the pauses',
    async () => {
      await expectCaptions(await films.english, BLOCK, 'en');
    },
    SLOW,
  );

  it(
    'has the specified loudness',
    async () => {
      const { path, film } = await films.english;
      const { integratedLufs, truePeakDbtp } = await loudness(path);
      expect(Math.abs(integratedLufs + 14)).toBeLessThanOrEqual(1);
      expect(truePeakDbtp).toBeLessThanOrEqual(-1);
      expect(film.quality?.integratedLoudnessLufs).toBeCloseTo(integratedLufs, 0);
    },
    SLOW,
  );

  it(
    'provides its captions in three formats with the same content',
    async () => {
      const { film } = await films.english;
      const cues = cuesOf(film.srt);
      expect(cues.map(({ lines }) => lines.join(' ')).join(' ')).toBe(film.script?.replaceAll('\n\n', ' '));
      const written = cues.map(({ lines }) => lines.join('\n'));
      expect(film.vtt?.startsWith('WEBVTT\n\n')).toBe(true);
      for (const text of written) {
        expect(film.vtt).toContain(text);
        expect(film.ass).toContain(`,,${text.replace('\n', '\\N')}\n`);
      }
      expect(film.vtt?.replaceAll('.', ',')).toContain(film.srt?.split('\n')[1]);
      expect(cues.at(-1)?.end).toBeLessThan(film.durationSeconds ?? 0);
    },
    SLOW,
  );

  it(
    'provides a thumbnail, and a picture and a voice for each scene',
    async () => {
      const { film } = await films.english;
      expect(film.scenes.map(({ index }) => index)).toEqual([0, 1, 2]);
      expect(film.scenes.map(({ narration }) => narration).join('\n\n')).toBe(film.script);
      for (const { visualPrompt } of film.scenes) expect(visualPrompt).not.toBe('');
      const kinds = [
        ...film.scenes.flatMap((scene) => [
          [scene.imageUrl, /^image\/(jpeg|png)$/] as const,
          [scene.audioUrl, /^audio\/wav$/] as const,
        ]),
        [film.thumbnailUrl, /^image\/jpeg$/] as const,
      ];
      for (const [url, kind] of kinds) {
        const response = await fetch(url ?? '');
        expect(response.status).toBe(200);
        expect(response.headers.get('content-type')).toMatch(kind);
        expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
      }
    },
    SLOW,
  );

  it(
    'is served whole or in parts to holders of the link only',
    async () => {
      const { film } = await films.english;
      const url = film.fileUrl ?? '';
      const size = Number(film.fileSize);
      const head = await fetch(url, { headers: { range: 'bytes=4-11' } });
      expect(head.status).toBe(206);
      expect(head.headers.get('content-range')).toBe(`bytes 4-11/${size}`);
      expect(head.headers.get('content-type')).toBe('video/mp4');
      expect(Buffer.from(await head.arrayBuffer()).toString('latin1', 0, 4)).toBe('ftyp');
      const tail = await fetch(url, { headers: { range: 'bytes=-10' } });
      expect([tail.status, (await tail.arrayBuffer()).byteLength]).toEqual([206, 10]);
      expect((await fetch(url, { headers: { range: `bytes=${size}-` } })).status).toBe(416);
      expect((await fetch(url.replace(/s=..../, 's=AAAA'))).status).toBe(403);
      expect((await fetch(url.replace(/film-[^?]+/, 'film-other.mp4'))).status).toBe(403);
    },
    SLOW,
  );

  it(
    'has an analysis of its content',
    async () => {
      const { film } = await films.english;
      expect(film.title).toContain('A fox runs over the hill');
      expect(film.analysis?.summary).toContain('fox');
      expect(film.analysis?.suggestedTitle).not.toBe('');
      expect(film.analysis?.suggestedTags).toContain('fox');
      expect(film.analysis?.chapters[0]?.startSeconds).toBe(0);
      expect(film.seo.title).not.toBe('');
      expect(film.seo.keywords.length).toBeGreaterThan(0);
    },
    SLOW,
  );
});

describe('A script in Traditional Chinese', () => {
  const SLOW = 180_000;

  it(
    'becomes a film with its title, with the length of its narrations to the frame',
    async () => {
      const { film, path, steps } = await films.chinese;
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
      const made = await films.chinese;
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
      const { integratedLufs, truePeakDbtp } = await loudness((await films.chinese).path);
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
      const { film, path } = await films.portrait;
      const { streams, frames } = await probe(path);
      expect(streams[0]).toMatchObject({ width: 1080, height: 1920 });
      expect(frames).toBe(framesExpected(film));
      expect(film).toMatchObject({ aspectRatio: 'PORTRAIT_9_16', resolution: 'FULL_HD_1080' });
      await expectCaptions(await films.portrait, WORD_HIGHLIGHT, 'en');
    },
    SLOW,
  );

  it(
    'given scenes, in a square of 480 and without captions in the picture, stay unchanged',
    async () => {
      const { film, path } = await films.square;
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
      const { film, path } = await films.shortest;
      expect(film).toMatchObject({ status: 'COMPLETED', language: 'en' });
      expect((await probe(path)).streams[0]).toMatchObject({ width: 854, height: 480 });
    },
    SLOW,
  );

  it(
    'an article is condensed to the requested length',
    async () => {
      const { film } = await films.article;
      const wanted = INPUTS.article.targetDurationSeconds;
      expect(Math.abs((film.durationSeconds ?? 0) - wanted)).toBeLessThanOrEqual(0.15 * wanted);
      expect(film.script?.length).toBeLessThan(INPUTS.article.article.length / 2);
      expect(film.script).toMatch(/bees|colony|honey/i);
    },
    SLOW,
  );
});

/** The characters of each caption are found at their place at its time, and neither in a pause nor at the place of another. */
async function expectCaptions({ film, path }: Made, look: CaptionLook, language: string): Promise<void> {
  const size = { width: film.quality?.width ?? 0, height: film.quality?.height ?? 0 };
  const cues = cuesOf(film.srt);
  const silent = await frameAt(path, 0.2, size);
  const likenesses = await Promise.all(cues.map((cue) => likenessTo(cue, size, look, language)));
  for (const [at, cue] of cues.entries()) {
    const frame = await frameAt(path, (cue.start + cue.end) / 2, size);
    expect(likenesses[at]?.(frame)).toBeGreaterThan(0.9);
    expect(likenesses[at]?.(silent)).toBeLessThan(0.6);
    const other = likenesses.find((_, index) => index !== at);
    if (other) expect(other(frame)).toBeLessThan(0.7);
  }
}

/** How much a frame is like that picture of a caption which is most like it: which word is spoken then is not known here. */
async function likenessTo(
  { start, end, lines }: Cue,
  size: FrameSize,
  look: CaptionLook,
  language: string,
): Promise<(frame: Frame) => number> {
  const text = lines.join(' ');
  const { words } = cueOf({ startSeconds: start, endSeconds: end, lines });
  let at = 0;
  const units = words.map((word) => {
    const textStart = text.indexOf(word.text, at);
    at = textStart + word.text.length;
    return { ...word, textStart, textEnd: at };
  });
  const spoken = cuesFor(units, text, language).flatMap((one) => one.words);
  const cue = { startSeconds: start, endSeconds: end, lines, words: spoken };
  const pictures = await painter.paint({ cue, size, language, look });
  const { area } = captionMetrics(size, look.style);
  return (frame) => Math.max(...pictures.map((picture) => likeness(frame, picture, area)));
}
