import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import { decodeId, type IdType, typeOfId } from '../ids.ts';
import { NODE_TYPE_NAMES, type NodeRow, NodeType } from '../schema/node.type.ts';
import { type Context, signedIn } from './context.ts';

type Fetch = (context: Context, uuid: string, info: GraphQLResolveInfo) => Promise<object | null | undefined>;

/** How to fetch an object by the type that its id names. What the viewer may not see is null. */
const FETCH: { readonly [type in IdType]: Fetch } = {
  user: async ({ loaders }, id) => await loaders.users.load(id),
  video: async (context, id, info) =>
    await context.services.videos.find(signedIn(context), id, context.lookAhead.ofOne(info)),
  scene: async (context, id) => await context.services.videos.findScene(signedIn(context), id),
  generation: async (context, id) => await context.services.generations.find(signedIn(context), id),
  provider: async ({ services }, id) => (await services.providers.list()).find((provider) => provider.id === id),
  session: async (context, id) => await context.services.accounts.findSession(signedIn(context), id),
  key: async (context, id) => await context.services.apiKeys.find(signedIn(context), id),
  audit: async ({ services }, id) => await services.auditLog.find(id),
  job: async () => null,
  alert: async ({ services }, id) => await services.alerts.find(id),
  backup: async ({ services }, id) => await services.backups.find(id),
};

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: 'Any object by its id, with the permissions of its type’s own root field.',
  })
  async node(
    @Arg('id', () => ID) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<NodeRow | null> {
    const type = typeOfId(id);
    const uuid = type && decodeId(type, id);
    const name = type && NODE_TYPE_NAMES[type];
    const row = type && uuid && (await FETCH[type](context, uuid, info));
    return row && name ? { ...row, __typename: name } : null;
  }
}
