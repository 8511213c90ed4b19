import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { storageError } from './disk-errors.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: /srv/files/secret`), { code });

describe('An error of the disk', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EFBIG'])('is a retriable full disk with advice for %s', (code) => {
    const error = storageError(systemError(code));
    expect(error).toMatchObject({ code: 'DISK_SPACE_INSUFFICIENT', retriable: true });
    expect(error.message).toContain('Free some space');
  });

  it('is a missing file for ENOENT, which is not retriable', () => {
    expect(storageError(systemError('ENOENT'))).toMatchObject({ code: 'STORAGE_ERROR', retriable: false });
  });

  it('is retriable otherwise, and never shows a path', () => {
    const error = storageError(systemError('EIO'));
    expect(error).toMatchObject({ code: 'STORAGE_ERROR', retriable: true });
    expect(error.message).not.toContain('/srv');
  });

  it('is returned unchanged if it is an AppError already', () => {
    const ours = new AppError('STORAGE_ERROR', 'ours');
    expect(storageError(ours)).toBe(ours);
  });
});
