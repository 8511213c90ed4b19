/** The server process and its data source. */
export type SideName = 'raw' | 'bare' | 'ours' | 'apollo' | 'yoga' | 'mercurius' | 'postgraphile';

/**
 * Workloads of a group use the same processes: without a database, with 100,000 rows, or with a database for each side.
 */
export type Group = 'memory' | 'rows' | 'create';

export interface GraphqlOperation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface Workload {
  readonly title: string;
  readonly group: Group;
  /** In order of measurement; the first is the reference for all others. */
  readonly sides: readonly SideName[];
  readonly operation: GraphqlOperation;
  /** For sides whose schema has other names. */
  readonly operationOf?: Partial<Record<SideName, GraphqlOperation>>;
  /** The minimum ratio of our side to each other side: one by rate, or by CPU where the load is the limit; or one of each. */
  readonly goals: Partial<Record<SideName, number | { readonly byRate: number; readonly byCpu: number }>>;
  /** Maximum of our p95. */
  readonly p95Ms?: number;
  /** Maximum of our p99, as a multiple of the first side's. */
  readonly p99?: number;
}

export const NAMES: Readonly<Record<SideName, string>> = {
  raw: 'raw, handwritten',
  bare: 'raw, no quota and event',
  ours: 'Auto Video',
  apollo: 'Apollo Server 5',
  yoga: 'GraphQL Yoga',
  mercurius: 'Mercurius with JIT',
  postgraphile: 'PostGraphile 5',
};

export const TRIVIAL = '{ __typename }';
export const LIST =
  'query Page($first: Int) { videos(first: $first, allOwners: true) { nodes { id title owner { username } } } }';
export const CREATE =
  'mutation Create($input: CreateVideoInput!) { createVideo(input: $input) { video { id title status progress createdAt } userErrors { code } } }';
const POSTGRAPHILE_LIST =
  'query Page($first: Int) { allVideos(first: $first, orderBy: [CREATED_AT_DESC, ROW_ID_DESC], condition: { deletedAt: null }) { nodes { rowId title userByOwnerId { username } } } }';

const variables = { first: 20 };
const input = {
  title: 'How bees dance',
  script: 'Bees dance.',
  language: 'en',
  aspectRatio: 'LANDSCAPE_16_9',
  resolution: 'SD_480',
  burnInCaptions: true,
};

export const WORKLOADS: Readonly<Record<string, Workload>> = {
  trivial: {
    title: 'a trivial query',
    group: 'memory',
    sides: ['raw', 'ours', 'apollo', 'yoga', 'mercurius'],
    operation: { query: TRIVIAL },
    goals: { raw: 0.8, apollo: 6, mercurius: 1 },
  },
  list: {
    title: '20 videos with owners, the read service answering from memory',
    group: 'memory',
    sides: ['raw', 'ours', 'apollo', 'yoga', 'mercurius'],
    operation: { query: LIST, variables },
    goals: { raw: 0.8, apollo: 4, yoga: 4, mercurius: 1.1 },
  },
  rows: {
    title: '20 videos with owners from PostgreSQL',
    group: 'rows',
    sides: ['raw', 'ours', 'apollo', 'mercurius', 'postgraphile'],
    operation: { query: LIST, variables },
    operationOf: { postgraphile: { query: POSTGRAPHILE_LIST, variables } },
    goals: { raw: 0.8, apollo: 2, mercurius: 1.15, postgraphile: 1.8 },
    p99: 2,
  },
  create: {
    title: 'createVideo',
    group: 'create',
    sides: ['raw', 'bare', 'ours', 'apollo'],
    operation: { query: CREATE, variables: { input } },
    goals: { apollo: { byRate: 1.2, byCpu: 2.5 } },
    p95Ms: 40,
  },
};
