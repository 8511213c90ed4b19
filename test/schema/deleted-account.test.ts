import { expect, it } from 'vitest';
import { ask } from './ask-fakes.ts';
import { VIDEO } from './fake-rows.ts';

it('The videos of a deleted account leave the caches, and their workers stop', async () => {
  const deleted: string[] = [];
  await ask('mutation { deleteAccount(password: "x") { ok } }', {
    ownAccounts: {
      changePassword: async () => {
        throw new Error('The password stays.');
      },
      deleteAccount: async () => [VIDEO],
    },
    onVideosDeleted: async (ids) => void deleted.push(...ids),
  });
  expect(deleted).toEqual([VIDEO]);
});
