/**
 * What external services cost in time: a film beside the longest chain of its calls, and each call beside the service's answer.
 *
 *   node bench/providers/main.ts [--only film,calls] [--scenes 10] [--pictures 4] [--voices 4] [--entry dist/main.js]
 *     [--calls 1000]        (Node 24, FFmpeg)
 *
 * The services are fakes on this machine. `film` makes a film with 8 s a picture and 3 s a voice, at most `--pictures` and `--voices`
 * at once, and prints the time from the request to the finished film beside that of the pictures alone, which is the longest chain, and
 * of pictures and voices one after the other; `--entry` is another build of the program. `calls` measures the chain and its ledger
 * on PostgreSQL, around a provider that answers at once.
 */
import { parseArgs } from 'node:util';
import { say } from '../shared/measure.ts';
import { benchServers, withResources } from '../shared/servers.ts';
import { measureCalls } from './calls.ts';
import { measureFilm } from './film.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'film,calls' },
    scenes: { type: 'string', default: '10' },
    pictures: { type: 'string', default: '4' },
    voices: { type: 'string', default: '4' },
    entry: { type: 'string', default: 'dist/main.js' },
    calls: { type: 'string', default: '1000' },
  },
});
const only = values.only.split(',');

await withResources(async (resources) => {
  const servers = await benchServers(resources);
  const { scenes, pictures, voices } = values;
  if (only.includes('film')) {
    say(`A film of ${scenes} scenes, ${pictures} pictures and ${voices} voices at once`);
    await measureFilm(servers, resources, {
      scenes: Number(scenes),
      pictures: Number(pictures),
      voices: Number(voices),
      entry: values.entry,
    });
  }
  if (only.includes('calls')) {
    say(`Chain and ledger, ${values.calls} calls of an instant provider, ms`);
    await measureCalls(servers, resources, Number(values.calls));
  }
});
