// Runs as a separate process: if close() leaves a timer or a socket open, this process does not end.
import { request } from 'node:http';
import { TestServer, until } from './harness.ts';
import { SocketClient } from './socket-client.ts';

const server = await TestServer.start();
server.backend.signIn('mia');
const user = await SocketClient.connect(server.socketUrl, { authorization: 'Bearer mia' });
const guest = await SocketClient.connect(server.socketUrl);
const silent = await SocketClient.open(server.socketUrl);
user.subscribe('1', 'subscription { silence }');
guest.subscribe('1', 'subscription { silence }');
const stream = await fetch(`${server.url}/graphql/stream?query=${encodeURIComponent('subscription { silence }')}`, {
  headers: { authorization: 'Bearer mia' },
});
await until(() => server.backend.openSources === 3);

const idle = request({
  port: server.server.port,
  path: '/livez',
  agent: false,
  headers: { connection: 'keep-alive' },
}).end();
await new Promise((resolve) => idle.once('response', (response) => response.resume().once('end', resolve)));

const made = server.backend.contexts;
const running = server.post('{ slow(ms: 500) }');
await until(() => server.backend.contexts > made);
const began = performance.now();
const closing = server.close();
const refused = await fetch(`${server.url}/readyz`).then(
  ({ status }) => status,
  () => 'no connection',
);
const text = await stream.text();
const answer = await running;
await closing;
const ended = performance.now();
const took = Math.round(ended - began);
await until(() => [user, guest, silent].every(({ closed }) => closed !== undefined));
const codes = [user, guest, silent].map(({ closed }) => closed?.code);
const { openSources, listeners } = server.backend;
const completed = text.includes('event: complete');
process.on('exit', () => {
  const lingered = Math.round(performance.now() - ended);
  process.stdout.write(
    JSON.stringify({ codes, refused, completed, answer: answer.body, openSources, listeners, took, lingered }),
  );
});
