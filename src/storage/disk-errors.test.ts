import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { storageError } from './disk-errors.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: /srv/files/secret`), { code });

describe('what the disk says', () => {
  it.each(['ENOSPC', 'EDQUOT'])('is a full disk for %s, and may pass', (code) => {
    expect(storageError(systemError(code))).toMatchObject({ code: 'DISK_SPACE_INSUFFICIENT', retriable: true });
  });

  it('is a missing file for ENOENT, which no waiting brings back', () => {
    expect(storageError(systemError('ENOENT'))).toMatchObject({ code: 'STORAGE_ERROR', retriable: false });
  });

  it('may pass otherwise, and never shows a path', () => {
    const error = storageError(systemError('EIO'));
    expect(error).toMatchObject({ code: 'STORAGE_ERROR', retriable: true });
    expect(error.message).not.toContain('/srv');
  });

  it('is left alone where it is ours already', () => {
    const ours = new AppError('STORAGE_ERROR', 'ours');
    expect(storageError(ours)).toBe(ours);
  });
});
