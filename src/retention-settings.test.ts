import { expect, it } from 'vitest';
import { z } from 'zod';
import { retentionOf, retentionSettings } from './retention-settings.ts';

it('Archived rows go into DATA_DIR unless another folder is set, and nowhere while they are not archived', () => {
  const folderOf = (given: Record<string, string>) =>
    retentionOf(z.object(retentionSettings).parse(given), '/data').archiveDir;
  expect(folderOf({})).toBeNull();
  expect(folderOf({ RETENTION_ARCHIVE: 'on' })).toBe('/data/archive');
  expect(folderOf({ RETENTION_ARCHIVE: 'on', RETENTION_ARCHIVE_DIR: '/mnt/old' })).toBe('/mnt/old');
  expect(folderOf({ RETENTION_ARCHIVE: 'off', RETENTION_ARCHIVE_DIR: '/mnt/old' })).toBeNull();
});
