import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skia } from '../../src/drawing/skia.ts';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';

const SIDE = 512;

/** A drawn head that opens its mouth three times a second, with a tone: a square MP4 as D-ID makes it. */
export async function talkingHead(seconds: number, { side = SIDE } = {}): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'head-'));
  try {
    await writeFile(join(folder, 'closed.png'), head(side, 6));
    await writeFile(join(folder, 'open.png'), head(side, 26));
    const still = (name: string) => ['-framerate', '25', '-loop', '1', '-i', join(folder, `${name}.png`)];
    const path = join(folder, 'head.mp4');
    await new Ffmpeg().run(
      [
        ...[...still('closed'), ...still('open'), '-f', 'lavfi', '-i', 'sine=f=200:r=16000', '-t', seconds.toFixed(3)],
        ...['-filter_complex', "[0:v][1:v]overlay=enable='lt(mod(t,0.32),0.16)',format=yuv420p[v]"],
        ...['-map', '[v]', '-map', '2:a', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', path],
      ],
      { signal: new AbortController().signal },
    );
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function head(side: number, mouth: number): Uint8Array {
  const canvas = skia().createCanvas(side, side);
  const ctx = canvas.getContext('2d');
  ctx.scale(side / SIDE, side / SIDE);
  const oval = (colour: string, x: number, y: number, rx: number, ry: number) => {
    ctx.fillStyle = colour;
    ctx.beginPath();
    ctx.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
    ctx.fill();
  };
  ctx.fillStyle = '#9fb4c7';
  ctx.fillRect(0, 0, SIDE, SIDE);
  oval('#30475e', 256, 560, 210, 190);
  oval('#4a2f1d', 256, 200, 138, 160);
  oval('#e3b591', 256, 235, 112, 140);
  for (const x of [212, 300]) oval('#ffffff', x, 215, 22, 13);
  for (const x of [214, 302]) oval('#2b2b2b', x, 215, 9, 10);
  oval('#8c2f39', 256, 315, 36, mouth);
  return canvas.toBuffer('image/png');
}
