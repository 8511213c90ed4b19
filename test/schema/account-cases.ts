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
  'Mutation.requestEmailVerification': [
    {
      who: 'SIGNED_IN',
      document: 'mutation { requestEmailVerification { ok } }',
      asks: 'mailedAccounts.requestVerification',
    },
  ],
  'Mutation.requestPasswordReset': [
    {
      who: 'ANYONE',
      document: 'mutation { requestPasswordReset(email: "a@example.org") { ok } }',
      asks: 'mailedAccounts.requestReset',
    },
  ],
  'Mutation.resetPassword': [
    {
      who: 'ANYONE',
      document: 'mutation { resetPassword(token: "x", newPassword: "y") { ok } }',
      asks: 'mailedAccounts.resetPassword',
    },
  ],
  'Mutation.verifyEmail': [
    { who: 'ANYONE', document: 'mutation { verifyEmail(token: "x") { ok } }', asks: 'mailedAccounts.verifyEmail' },
  ],
  'Mutation.changeEmail': [
    {
      who: 'SIGNED_IN',
      document: 'mutation { changeEmail(newEmail: "a@example.org", password: "x") { ok } }',
      asks: 'mailedAccounts.changeEmail',
    },
  ],
} as const;
