import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FontBook } from '../../../src/drawing/font-book.ts';
import { type CaptionPainter, CaptionTrackPainter } from '../../../src/media/clips/caption-track.ts';
import { FileClipCache } from '../../../src/media/clips/file-clip-cache.ts';
import { FilmAssembler } from '../../../src/media/film/film-assembler.ts';
import { Ffmpeg } from '../../../src/media/process/ffmpeg.ts';
import { SkiaOverlayPainter } from '../../../src/overlays/skia-overlay-painter.ts';
import { CardPainter } from '../../../src/providers/local/cards/card-painter.ts';
import { FakeCuePainter } from './media-fixtures.ts';

/** A film assembler with separate folders, which `close` removes. An `ffmpeg` that several share reads its version once. */
export async function openFilmAssembler(
  ffmpeg = new Ffmpeg(),
  captions: CaptionPainter = new CaptionTrackPainter(new FakeCuePainter()),
) {
  const folder = await mkdtemp(join(tmpdir(), 'cutting-'));
  const tempDir = join(folder, 'temp');
  const clipDir = join(folder, 'clips');
  const assembler = new FilmAssembler({
    ffmpeg,
    captions,
    overlays: new SkiaOverlayPainter(new FontBook()),
    grounds: new CardPainter(),
    clips: new FileClipCache(clipDir),
    tempDir,
    parallel: 2,
  });
  return {
    folder,
    ffmpeg,
    assembler,
    tempDir,
    clipDir,
    filmPath: join(folder, 'film.mp4'),
    signal: new AbortController().signal,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
