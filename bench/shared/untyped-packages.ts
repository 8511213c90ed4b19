import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { GraphQLSchema } from 'graphql';

/**
 * Peers whose own types must be kept from the compiler: they bring thousands of files and the browser's types for all
 * of our code. So they are imported by a name that it does not follow, and only the parts that the benches use are
 * declared here.
 */
async function importUntyped<Package>(name: string): Promise<Package> {
  return await import(name);
}

interface Yoga {
  createSchema(parts: { readonly typeDefs: string; readonly resolvers: object }): GraphQLSchema;
  createYoga(options: {
    readonly schema: GraphQLSchema;
    readonly context: (parts: { readonly request: Request }) => Promise<object>;
    readonly graphiql: boolean;
    readonly landingPage: boolean;
    readonly logging: boolean;
  }): RequestListener;
}

export async function importYoga(): Promise<Yoga> {
  return await importUntyped('graphql-yoga');
}

export interface Preset {
  readonly extends: readonly object[];
  readonly disablePlugins: readonly string[];
  readonly pgServices: readonly object[];
  readonly grafserv: { readonly graphqlPath: string; readonly graphiql: boolean; readonly websockets: boolean };
  readonly grafast: {
    readonly context: (request: { readonly node?: { readonly req: IncomingMessage } }) => Promise<object>;
  };
}

interface Grafserv {
  addTo(server: Server): Promise<void>;
}

interface PostGraphile {
  readonly amber: object;
  makePgService(options: {
    readonly connectionString: string;
    readonly schemas: readonly string[];
    readonly poolConfig: { readonly max: number };
  }): object;
  grafserv(config: object): Grafserv;
  postgraphile(preset: Preset): { createServ(make: PostGraphile['grafserv']): Grafserv };
}

/** The parts of PostGraphile that a server needs. */
export async function importPostGraphile(): Promise<PostGraphile> {
  const { postgraphile } = await importUntyped<Pick<PostGraphile, 'postgraphile'>>('postgraphile');
  const { makePgService } = await importUntyped<Pick<PostGraphile, 'makePgService'>>('postgraphile/adaptors/pg');
  const { grafserv } = await importUntyped<Pick<PostGraphile, 'grafserv'>>('postgraphile/grafserv/node');
  const { PostGraphileAmberPreset: amber } = await importUntyped<{ readonly PostGraphileAmberPreset: object }>(
    'postgraphile/presets/amber',
  );
  return { amber, makePgService, grafserv, postgraphile };
}
