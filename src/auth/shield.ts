import { createRequire } from 'node:module';

type ShieldLibrary = typeof import('graphql-shield', { with: { 'resolution-mode': 'require' }});
type MiddlewareLibrary = typeof import('graphql-middleware', { with: { 'resolution-mode': 'require' }});

/**
 * Both are loaded as CommonJS: the ES module of graphql-shield 7.6.5 imports `util.isUndefined`, which Node 23 removed,
 * and the types of the two only fit together when both come from the same kind of module.
 * `require` gives an unchecked value: these two lines are the only place that trusts its types.
 */
const require = createRequire(import.meta.url);
export const shieldLibrary: ShieldLibrary = require('graphql-shield');
export const middlewareLibrary: MiddlewareLibrary = require('graphql-middleware');

export type ShieldRule = Parameters<ShieldLibrary['not']>[0];
