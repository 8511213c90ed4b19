import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, ImageData } from '@napi-rs/canvas';
import { captionMetrics } from '../../src/media/captions/caption-area.ts';
import type { SceneMedia } from '../../src/media/film/film.ts';
import { BLOCK, FakeCuePainter } from '../../test/helpers/media/media-fixtures.ts';
import type { BenchFilm } from './bench-film.ts';

const X264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-pix_fmt', 'yuv420p'];

/**
 * The usual way, for comparison: each scene becomes a separate video (a zoompan over the still at twice the size), then
 * all are decoded again, cross-faded, captioned, combined with the mixed voices and encoded once more.
 */
export async function twoPasses(film: BenchFilm): Promise<void> {
  const paths: string[] = [];
  for (const [at, scene] of film.scenes.entries()) paths.push(await renderScene(film, scene, at));
  const voices = film.voices.flatMap(({ path }) => ['-i', `file:${path}`]);
  const captions = await captionInputs(film);
  const inputs = [...paths.flatMap((path) => ['-i', `file:${path}`]), ...voices, ...captions.inputs];
  const graph = [...fades(film), ...captions.overlays, ...mix(film)].join(';');
  const sound = ['-c:a', 'aac', '-b:a', '160k', '-ar', '48000', '-ac', '2'];
  const output = [...X264, ...sound, '-movflags', '+faststart', `file:${join(film.folder, 'two-pass.mp4')}`];
  const maps = ['-map', '[captioned]', '-map', '[sound]'];
  await film.ffmpeg.run([...inputs, '-filter_complex', graph, ...maps, ...output], { signal: film.signal });
}

async function renderScene(film: BenchFilm, scene: SceneMedia, at: number): Promise<string> {
  const { size, rhythm } = film.format;
  const frames = film.plan.scenes[at]?.frames ?? 0;
  const zoom = `zoompan=z='1+0.05*on/${frames}':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d=${frames}`;
  const filters = `scale=${2 * size.width}:-2,${zoom}:s=${size.width}x${size.height}:fps=${rhythm.frameRate}`;
  const path = join(film.folder, `two-pass-${at}.mp4`);
  await film.ffmpeg.run(['-i', `file:${scene.picturePath}`, '-vf', filters, ...X264, `file:${path}`], {
    signal: film.signal,
  });
  return path;
}

function fades({ scenes, plan, format: { rhythm } }: BenchFilm): string[] {
  const seconds = (frames: number): number => frames / rhythm.frameRate;
  if (scenes.length === 1) return ['[0:v]null[faded]'];
  return scenes.slice(1).map((_, at) => {
    const [before, after] = [at === 0 ? '[0:v]' : `[f${at}]`, at === scenes.length - 2 ? '[faded]' : `[f${at + 1}]`];
    const offset = seconds(plan.scenes[at + 1]?.startFrame ?? 0);
    return `${before}[${at + 1}:v]xfade=transition=fade:duration=${seconds(rhythm.fadeFrames)}:offset=${offset}${after}`;
  });
}

async function captionInputs(film: BenchFilm) {
  const { size, rhythm } = film.format;
  const shown = film.scenes.flatMap((scene, at) => {
    const start = (film.plan.scenes[at]?.voiceFrame ?? 0) / rhythm.frameRate;
    return scene.cues.map((cue) => ({ cue, from: start + cue.startSeconds, to: start + cue.endSeconds }));
  });
  const inputs: string[] = [];
  const overlays: string[] = [];
  for (const [at, { cue, from, to }] of shown.entries()) {
    const { x, y, width, height } = captionMetrics(size, BLOCK.style).area;
    const [picture] = await new FakeCuePainter().paint({ cue, size, look: BLOCK });
    if (!picture) throw new Error('A cue has no picture.');
    const canvas = createCanvas(width, height);
    canvas.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(picture.rgba), width, height), 0, 0);
    const path = join(film.folder, `two-pass-${at}.png`);
    await writeFile(path, canvas.toBuffer('image/png'));
    inputs.push('-i', `file:${path}`);
    const [under, over] = [at === 0 ? '[faded]' : `[k${at}]`, at === shown.length - 1 ? '[captioned]' : `[k${at + 1}]`];
    overlays.push(
      `${under}[${2 * film.scenes.length + at}:v]overlay=x=${x}:y=${y}:enable='between(t,${from},${to})'${over}`,
    );
  }
  return { inputs, overlays };
}

function mix({ scenes, voices, format: { rhythm } }: BenchFilm): string[] {
  const placed = voices.map(({ frame }, at) => {
    const delay = Math.round((1000 * frame) / rhythm.frameRate);
    return `[${scenes.length + at}:a]adelay=${delay}:all=1[v${at}]`;
  });
  const inputs = voices.map((_, at) => `[v${at}]`).join('');
  return [...placed, `${inputs}amix=inputs=${voices.length}:normalize=0,loudnorm=I=-14:TP=-1[sound]`];
}
