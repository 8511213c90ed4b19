import { expect, it } from 'vitest';
import { hasStaleIndexes, rebuildStaleIndexes } from '../../src/db/collations.ts';
import { TestApp } from '../helpers/app.ts';
import { useInstallation } from '../helpers/fixtures.ts';

const INDEX = 'videos_owner_title_index';

const installation = useInstallation();

/** A rebuilt index has another file. */
async function fileOfIndex(): Promise<unknown> {
  const [row] = await installation.db
    .em()
    .execute<{ file: unknown }[]>(`select pg_relation_filenode('${INDEX}') as file`);
  return row?.file;
}

const pretendToBeOld = () => installation.db.em().execute(`comment on index ${INDEX} is '1.2.3'`);

it('A new index of titles is up to date', async () => {
  expect(await hasStaleIndexes(installation.db)).toBe(false);
  expect(await rebuildStaleIndexes(installation.db)).toEqual([]);
});

it('After an update of ICU the start rebuilds the index of titles, once, and logs it', async () => {
  await pretendToBeOld();
  const before = await fileOfIndex();
  const app = await TestApp.start({ worker: false, installation });
  try {
    expect(await fileOfIndex()).not.toBe(before);
    expect(await hasStaleIndexes(installation.db)).toBe(false);
    const sentence = `The index ${INDEX} was rebuilt: the server's ICU, which sorts it, has another version.`;
    expect(app.log.filter(({ message }) => message === sentence)).toHaveLength(1);
  } finally {
    await app.close();
  }
});

it('Processes that start at once rebuild it once', async () => {
  await pretendToBeOld();
  const rebuilt = await Promise.all([1, 2, 3].map(() => rebuildStaleIndexes(installation.db)));
  expect(rebuilt.flat()).toEqual([INDEX]);
});
