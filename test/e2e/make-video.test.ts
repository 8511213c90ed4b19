import { describe, expect, it } from 'vitest';
import { isFastStart } from '../../src/media/checks/mp4-boxes.ts';
import { framesOf, loudness, probe } from '../helpers/media/frames.ts';
import { BLOCK } from '../helpers/media/media-fixtures.ts';
import { cuesOf, expectCaptions } from './caption-checks.ts';
import { framesExpected, useMadeVideos } from './made-videos.ts';

const video = useMadeVideos({
  english: {
    script: 'A fox runs over the hill at 7. 🦊\n\nIt meets a rabbit.\n\nThey watch the sun rise.',
  },
});

describe('A script in English', () => {
  const SLOW = 180_000;

  it(
    'becomes a film, and every event of it is received in order',
    async () => {
      const { steps, film } = await video('english');
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
      const { steps } = await video('english');
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
      const { steps } = await video('english');
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
      const { film, path } = await video('english');
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
      const { film, path } = await video('english');
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
      await expectCaptions(await video('english'), BLOCK, 'en');
    },
    SLOW,
  );

  it(
    'has the specified loudness',
    async () => {
      const { path, film } = await video('english');
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
      const { film } = await video('english');
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
      const { film } = await video('english');
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
      const { film } = await video('english');
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
      const { film } = await video('english');
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
