import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import { redrawn } from '../../src/drawing/foreign-picture.ts';
import { directCaptionLayout } from '../../src/media/captions/film-captions.ts';
import { SkiaCaptionPainter } from '../../src/media/captions/skia-caption-painter.ts';
import { CaptionTrackPainter } from '../../src/media/clips/caption-track.ts';
import { rhythmFor } from '../../src/media/film/film-plan.ts';
import { composeBed } from '../../src/media/sound/music.ts';
import { LocalAnalysisProvider } from '../../src/providers/local/analysis/local-analysis-provider.ts';
import { LocalImageProvider } from '../../src/providers/local/cards/local-image-provider.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import type { ContentProvider } from '../../src/providers/provider.ts';
import { WorkThreads } from '../../src/threads/work-threads.ts';
import { BLOCK, WORD_HIGHLIGHT } from '../helpers/media/media-fixtures.ts';

const never = new AbortController().signal;
const threads = new WorkThreads({ videos: 1, taskSeconds: 60 });
const voices = { direct: new LocalSpeechProvider(), threaded: new LocalSpeechProvider({}, threads.speechText) };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autovideo-threads-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await Promise.all([voices.direct.close(), voices.threaded.close()]);
  await threads.close();
});

const SCRIPT = 'Bees dance to tell where flowers are.\n\nThe angle of the dance 🐝 is the angle to the sun: 42 %.';
const PICTURE = {
  prompt: 'Bees over a meadow',
  narration: 'Bees dance to tell where flowers are.',
  title: 'How bees talk',
  language: 'en',
  index: 1,
  count: 3,
  seed: 'a video',
  width: 854,
  height: 480,
  captionSafeHeight: 100,
} as const;

async function contentOf<Request, Content>(
  provider: ContentProvider<Request, Content>,
  request: Request,
): Promise<Content> {
  const { content } = await provider.call(request, { signal: never, onStarted: async () => undefined });
  return content;
}

describe('The result of the threads', () => {
  it('is the script of the text provider, or its error with its code', async () => {
    const request = { source: { kind: 'script', text: SCRIPT }, language: 'en', speed: 1 } as const;
    expect(await contentOf(threads.textProvider, request)).toEqual(
      await new LocalTextProvider().writeScript(request, never),
    );
    const empty = { ...request, source: { kind: 'script', text: '🎉' } } as const;
    const refusal = await new LocalTextProvider().writeScript(empty, never).catch((thrown: unknown) => thrown);
    const threaded = await contentOf(threads.textProvider, empty).catch((thrown: unknown) => thrown);
    expect(threaded).toEqual(refusal);
  });

  it('is the analysis of the analysis provider', async () => {
    const scenes = SCRIPT.split('\n\n').map((narration, at) => ({
      narration,
      startSeconds: 4 * at,
      durationSeconds: 4,
    }));
    const request = { title: 'Bees', language: 'en', scenes };
    // As the pipeline asks: with a film that a provider may look at.
    const seen = { ...request, film: { seconds: 10, preview: async () => null } };
    expect(await contentOf(threads.analysisProvider, seen)).toEqual(
      await new LocalAnalysisProvider().analyse(request, never),
    );
  });

  it('is the picture of the image provider, byte for byte', async () => {
    const [threaded, direct] = await Promise.all([
      contentOf(threads.imageProvider, PICTURE),
      new LocalImageProvider().draw(PICTURE, never),
    ]);
    expect({ ...threaded, bytes: [] }).toEqual({ ...direct, bytes: [] });
    expect(Buffer.compare(threaded.bytes, direct.bytes)).toBe(0);
  });

  it('is the checked picture of a service, byte for byte, or the reason why it is none', async () => {
    const { bytes } = await new LocalImageProvider().draw(PICTURE, never);
    const [threaded, direct] = await Promise.all([threads.checkPicture(bytes, never), redrawn(bytes)]);
    expect({ ...threaded, bytes: [] }).toEqual({ contentType: 'image/jpeg', width: 854, height: 480, bytes: [] });
    expect(Buffer.compare(threaded.bytes, direct.bytes)).toBe(0);
    const page = new TextEncoder().encode('<html>');
    await expect(threads.checkPicture(page, never)).rejects.toMatchObject({
      code: 'LOCAL_API_ERROR',
      message: 'The picture cannot be used: it is no PNG, JPEG or WebP.',
    });
  });

  it.each(['en', 'zh-TW'])('is the speech, byte for byte, with its timings: %s', async (language) => {
    const text = language === 'en' ? SCRIPT : '蜜蜂跳舞，告訴同伴花在哪裡。';
    const request = { text, language, speed: 1 };
    const [threaded, direct] = await Promise.all([
      voices.threaded.speak(request, never),
      voices.direct.speak(request, never),
    ]);
    expect({ ...threaded, wav: [] }).toEqual({ ...direct, wav: [] });
    expect(Buffer.compare(threaded.wav, direct.wav)).toBe(0);
  });

  it('is the captions, as files and as pictures', async () => {
    const { timings, durationSeconds } = await voices.direct.speak({ text: SCRIPT, language: 'en', speed: 1 }, never);
    const scene = { narration: SCRIPT, timings, durationSeconds };
    const cues = await threads.captionLayout.cues(scene, 'en', never);
    expect(cues).toEqual(await directCaptionLayout.cues(scene, 'en', never));
    const size = { width: 854, height: 480 };
    const format = { size, rhythm: rhythmFor(25), captionLook: BLOCK, language: 'en' };
    expect(await threads.captionLayout.film([scene, scene], format, never)).toEqual(
      await directCaptionLayout.film([scene, scene], format, never),
    );
    const [cue] = cues;
    if (!cue) throw new Error('There are no cues.');
    for (const look of [BLOCK, WORD_HIGHLIGHT]) {
      const clipCue = { cue, range: { start: 0, end: 100 }, narrationFrame: 12 };
      const order = { cues: [clipCue], size, language: 'en', look, frameRate: 25 } as const;
      const direct = new CaptionTrackPainter(new SkiaCaptionPainter(new FontBook()));
      const [here, there] = [join(folder, 'here.rgba'), join(folder, 'there.rgba')];
      expect(await threads.captionPainter.paint(order, there, never)).toEqual(await direct.paint(order, here));
      expect(Buffer.compare(await readFile(there), await readFile(here))).toBe(0);
    }
  });

  it('is the music, byte for byte', async () => {
    const path = join(folder, 'music.wav');
    await threads.writeBed('calm', path, never);
    expect(Buffer.compare(await readFile(path), await composeBed('calm', never))).toBe(0);
  });
});
