/** Signs the tokens of the benches, which nothing else accepts. */
export const BENCH_SECRET = 'a secret that only the bench knows, and nobody else';
