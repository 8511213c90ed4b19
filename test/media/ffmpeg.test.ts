import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ffmpeg } from '../../src/media/process/ffmpeg.ts';
import { openFilmAssembler } from '../helpers/media/film-assembler.ts';
import { formatOf, makeScenes } from '../helpers/media/media-fixtures.ts';

let fixture: Awaited<ReturnType<typeof openFilmAssembler>>;
beforeEach(async () => {
  fixture = await openFilmAssembler();
});
afterEach(() => fixture.close());

/** Runs for a minute, with its name in the arguments. */
const endless = (name: string): string[] => [
  '-re',
  '-f',
  'lavfi',
  '-i',
  'color=s=16x16:d=60',
  '-metadata',
  `title=${name}`,
  '-f',
  'null',
  '-',
];

function running(name: string): number {
  const processes = execFileSync('ps', ['-eo', 'args', '-ww'], { encoding: 'utf8' });
  return processes.split('\n').filter((line) => line.startsWith('ffmpeg') && line.includes(name)).length;
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('The condition was not met within ten seconds.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('FFmpeg', () => {
  it('reports its version', async () => {
    const { version, major } = await fixture.ffmpeg.version();
    expect(version).toContain(String(major));
    expect(major).toBeGreaterThanOrEqual(5);
  });

  it('fails with advice if it is not installed', async () => {
    const missing = new Ffmpeg({ ffmpegPath: '/nowhere/ffmpeg', ffprobePath: '/nowhere/ffprobe' });
    await expect(missing.version()).rejects.toMatchObject({
      code: 'FFMPEG_NOT_FOUND',
      message: expect.stringContaining('install'),
    });
  });

  it('that breaks after it has worked is found out by who asks for a new answer, and works again once it is mended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ffmpeg-'));
    try {
      const ffmpegPath = join(folder, 'ffmpeg');
      const install = () => writeFile(ffmpegPath, '#!/bin/sh\necho "ffmpeg version 7.0"\n', { mode: 0o755 });
      const ffmpeg = new Ffmpeg({ ffmpegPath, ffprobePath: 'ffprobe' });
      await install();
      expect(await ffmpeg.version(0)).toMatchObject({ version: '7.0' });
      await rm(ffmpegPath);
      expect(await ffmpeg.version(60_000)).toMatchObject({ version: '7.0' });
      await expect(ffmpeg.version(0)).rejects.toMatchObject({ code: 'FFMPEG_NOT_FOUND' });
      await install();
      expect(await ffmpeg.version(60_000)).toMatchObject({ version: '7.0' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('fails if the disk became full only at the very end, whatever its exit code', async () => {
    const toFullDisk = ['-f', 'lavfi', '-i', 'color=s=16x16:d=0.2', '-f', 'rawvideo', 'file:/dev/full'];
    const running = fixture.ffmpeg.run(toFullDisk, { signal: new AbortController().signal });
    await expect(running).rejects.toMatchObject({ code: 'DISK_SPACE_INSUFFICIENT', retriable: true });
    // "exit code 0" would read like success.
    await expect(running).rejects.not.toMatchObject({ cause: { message: expect.stringContaining('code 0') } });
  });

  it('is stopped only by its own signal', async () => {
    const [stopped, other] = [new AbortController(), new AbortController()];
    const [name, otherName] = [`stopped-${process.pid}`, `other-${process.pid}`];
    const run = fixture.ffmpeg.run(endless(name), { signal: stopped.signal });
    const otherRun = fixture.ffmpeg.run(endless(otherName), { signal: other.signal });
    await until(() => running(name) === 1 && running(otherName) === 1);
    stopped.abort();
    await expect(run).rejects.toMatchObject({ code: 'CANCELED' });
    expect([running(name), running(otherName)]).toEqual([0, 1]);
    other.abort();
    await expect(otherRun).rejects.toMatchObject({ code: 'CANCELED' });
    expect(running(otherName)).toBe(0);
  });

  it('ends at once when the process that started it is killed', async () => {
    const name = `orphan-${process.pid}`;
    const code = `
      import { Ffmpeg } from './src/media/process/ffmpeg.ts';
      await new Ffmpeg().run(${JSON.stringify(endless(name))}, { signal: new AbortController().signal });`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: 'ignore' });
    await until(() => running(name) === 1);
    parent.kill('SIGKILL');
    const begun = performance.now();
    await until(() => running(name) === 0);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('does not start with an aborted signal', async () => {
    await expect(fixture.ffmpeg.run(endless('late'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELED',
    });
  });

  it('opens no network address', async () => {
    const run = fixture.ffmpeg.run(['-i', 'http://127.0.0.1:9/film.mp4', '-f', 'null', '-'], {
      signal: fixture.signal,
    });
    const error = await run.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'FFMPEG_FAILED' });
    expect(error instanceof Error ? String(error.cause) : '').toContain('not on whitelist');
  });
});

describe('A film that is canceled', () => {
  it('leaves no process and no file behind, and can be made afterwards', async () => {
    const { assembler, folder, filmPath, tempDir, clipDir, signal } = fixture;
    const size = { width: 1280, height: 720 };
    const specs = [1, 2].map((at) => ({ id: `scene-${at}`, narrationSeconds: 4 }));
    const scenes = await makeScenes(folder, specs, size);
    const abort = new AbortController();
    const onProgress = (): void => {
      if (running(tempDir) > 0) abort.abort();
    };
    const request = { scenes, format: formatOf(size, 25), outputPath: filmPath };
    await expect(assembler.assemble({ ...request, signal: abort.signal, onProgress })).rejects.toMatchObject({
      code: 'CANCELED',
    });
    expect(running(tempDir)).toBe(0);
    expect(await readdir(tempDir)).toEqual([]);
    expect((await readdir(folder)).includes('film.mp4')).toBe(false);
    expect((await readdir(clipDir).catch(() => [])).filter((name) => !name.endsWith('.mp4'))).toEqual([]);
    expect((await assembler.assemble({ ...request, signal })).totalFrames).toBe(240);
  });

  it('leaves nothing behind when a picture cannot be read either', async () => {
    const { assembler, folder, filmPath, tempDir, signal } = fixture;
    const size = { width: 320, height: 180 };
    const scenes = await makeScenes(folder, [{ id: 'one', narrationSeconds: 1 }], size);
    const broken = scenes.map((scene) => ({ ...scene, picturePath: join(folder, 'missing.png') }));
    const request = { scenes: broken, format: formatOf(size, 25), outputPath: filmPath, signal };
    await expect(assembler.assemble(request)).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
    expect(await readdir(tempDir)).toEqual([]);
  });
});
