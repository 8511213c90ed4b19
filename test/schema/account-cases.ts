import { encodeId } from '../../src/ids.ts';
import { SESSION } from './fake-rows.ts';

/** The part of `PERMISSION_CASES` for what users do with their own account. */
export const ACCOUNT_CASES = {
  'Query.sessions': [{ who: 'SIGNED_IN', document: '{ sessions { __typename } }', asks: 'sessions.list' }],
  'Mutation.revokeSession': [
    {
      who: 'SIGNED_IN',
      document: `mutation { revokeSession(id: "${encodeId('session', SESSION)}") { ok } }`,
      asks: 'sessions.revoke',
    },
  ],
  'Mutation.changePassword': [
    {
      who: 'SIGNED_IN',
      document: 'mutation { changePassword(currentPassword: "x", newPassword: "y") { __typename } }',
      asks: 'ownAccounts.changePassword',
    },
  ],
  'Mutation.updateProfile': [
    {
      who: 'USER_UPDATE',
      document: 'mutation { updateProfile(input: { bio: "Bees." }) { __typename } }',
      asks: 'profiles.update',
    },
  ],
  'Mutation.deleteAccount': [
    {
      who: 'SIGNED_IN',
      document: 'mutation { deleteAccount(password: "x") { ok } }',
      asks: 'ownAccounts.deleteAccount',
    },
  ],
} as const;
