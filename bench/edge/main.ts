/**
 * What the limits of the edge cost a warm list query: its points are taken from the caller's bucket in Redis, for each request, and its
 * session is checked. The goal is 0.93 of the rate without them.
 *
 *   node bench/edge/main.ts [--rounds 11] [--seconds 2]        (Node 24, Linux, two cores)
 */
import { parseArgs } from 'node:util';
import { compareSettings } from '../shared/compare-settings.ts';
import { withResources } from '../shared/servers.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '11' }, seconds: { type: 'string', default: '2' } },
});

await withResources(async (resources) => {
  const times = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  const compared = [
    { name: 'without limits', settings: { GRAPHQL_COST_LIMIT: '0' } },
    { name: 'with limits', settings: {} },
  ];
  await compareSettings(compared, times, resources);
});
