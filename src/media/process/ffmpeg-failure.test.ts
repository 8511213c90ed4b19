import { describe, expect, it } from 'vitest';
import { AppError } from '../../errors.ts';
import { ffmpegFailure, fileFailure, startFailure } from './ffmpeg-failure.ts';

describe('An error of FFmpeg', () => {
  it('reports a full disk as a retriable error', () => {
    const error = ffmpegFailure('exit code 1', ['av_interleaved_write_frame(): No space left on device']);
    expect(error).toMatchObject({ code: 'DISK_SPACE_INSUFFICIENT', retriable: true });
  });

  it.each([
    ['exit code 1', 'Error writing trailer of film.mp4: File too large'],
    ['SIGXFSZ', ''],
  ])('reports a file size limit as a full disk: %s', (exit, line) => {
    expect(ffmpegFailure(exit, [line])).toMatchObject({ code: 'DISK_SPACE_INSUFFICIENT', retriable: true });
  });

  it('has the output of FFmpeg in its cause and not in its message', () => {
    const error = ffmpegFailure('exit code 1', ['/secret/place.png: Invalid data found']);
    expect(error).toMatchObject({ code: 'FFMPEG_FAILED', retriable: false });
    expect(error.message).not.toContain('/secret');
    expect(String(error.cause)).toContain('/secret/place.png: Invalid data found');
  });

  it('recognises a full disk from file operations, and leaves other errors unchanged', () => {
    expect(fileFailure(new Error('ENOSPC: no space left on device, write'))).toMatchObject({
      code: 'DISK_SPACE_INSUFFICIENT',
    });
    const other = new Error('EACCES: permission denied');
    expect(fileFailure(other)).toBe(other);
    const known = new AppError('CANCELED', 'No space left on device');
    expect(fileFailure(known)).toBe(known);
  });
});

describe('The error of an FFmpeg that cannot be started', () => {
  const failure = (code: string) => startFailure(Object.assign(new Error(`spawn ${code}`), { code }));

  it.each(['ENOENT', 'EACCES'])('is FFMPEG_NOT_FOUND for the system error %s', (code) => {
    expect(failure(code)).toMatchObject({ code: 'FFMPEG_NOT_FOUND', retriable: false });
  });

  it.each([
    ['E2BIG', false],
    ['EAGAIN', true],
    ['EMFILE', true],
  ])('is FFMPEG_FAILED for the system error %s', (code, retriable) => {
    expect(failure(code)).toMatchObject({ code: 'FFMPEG_FAILED', retriable, message: expect.stringContaining(code) });
  });
});
