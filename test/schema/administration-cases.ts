import { encodeId } from '../../src/ids.ts';
import { API_KEY } from './administration-rows.ts';
import { OTHER_USER } from './fake-rows.ts';
import type { Case } from './permission-case.ts';

const user = encodeId('user', OTHER_USER);
const change = (field: string, inside = 'userErrors { message }') => `mutation { ${field} { ${inside} } }`;

/** Accounts of others, API keys and the audit log. */
export const ADMINISTRATION_CASES: Readonly<Record<string, readonly Case[]>> = {
  'Query.apiKeys': [{ who: 'SIGNED_IN', document: '{ apiKeys { id name prefix } }', asks: 'apiKeys.list' }],
  'Query.user': [{ who: 'USER_READ', document: `{ user(id: "${user}") { __typename } }`, asks: 'users.loadByIds' }],
  'Query.users': [
    { who: 'ADMIN_USER_MANAGE', document: '{ users { nodes { username } } }', asks: 'userDirectory.page' },
  ],
  'Query.auditLog': [
    { who: 'ADMIN_USER_MANAGE', document: '{ auditLog { nodes { action } } }', asks: 'auditLog.page' },
  ],
  'Mutation.createApiKey': [
    {
      who: 'SIGNED_IN',
      document: change('createApiKey(input: { name: "uploads", permissions: [VIDEO_READ] })', 'secret'),
      asks: 'apiKeys.create',
    },
  ],
  'Mutation.revokeApiKey': [
    {
      who: 'SIGNED_IN',
      document: change(`revokeApiKey(id: "${encodeId('key', API_KEY)}")`, 'ok'),
      asks: 'apiKeys.revoke',
    },
  ],
  'Mutation.grantRole': [
    {
      who: 'ADMIN_USER_MANAGE',
      document: change(`grantRole(userId: "${user}", role: PREMIUM)`),
      asks: 'administration.grantRole',
    },
  ],
  'Mutation.revokeRole': [
    {
      who: 'ADMIN_USER_MANAGE',
      document: change(`revokeRole(userId: "${user}", role: PREMIUM)`),
      asks: 'administration.revokeRole',
    },
  ],
  'Mutation.setUserActive': [
    {
      who: 'ADMIN_USER_MANAGE',
      document: change(`setUserActive(userId: "${user}", isActive: false)`),
      asks: 'administration.setActive',
    },
  ],
  'Mutation.setPlan': [
    {
      who: 'ADMIN_USER_MANAGE',
      document: change(`setPlan(userId: "${user}", plan: PREMIUM)`),
      asks: 'administration.setPlan',
    },
  ],
  'Mutation.deleteUser': [
    { who: 'USER_DELETE', document: change(`deleteUser(userId: "${user}")`, 'ok'), asks: 'administration.deleteUser' },
  ],
};
