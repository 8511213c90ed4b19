/** Signs the tokens of the bench, which nothing else accepts. */
export const BENCH_SECRET = 'a secret that only the bench knows, and nobody else';

/** What is asked of both sides; `answer` of the raw one is prebuilt for exactly these documents. */
export const WORK = {
  'the type name': { query: '{ __typename }' },
  'the viewer': { query: '{ viewer { id username } }' },
  '20 videos with owners': {
    query: 'query Page($first: Int) { videos(first: $first) { nodes { id title owner { username } } totalCount } }',
    variables: { first: 20 },
  },
} as const;
