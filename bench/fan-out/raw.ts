/**
 * A minimal server that sends the same messages, in a separate process: `ws`, no GraphQL. An event is serialized to
 * JSON once; each socket's message is built around it with the id of its operation. For bench/fan-out/main.ts.
 */
import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventOf, shownOf } from './event.ts';
import { serve } from './publisher-process.ts';

const heads = new Map<WebSocket, string>();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/graphql' });
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const { type, id }: { type: string; id?: string } = JSON.parse(String(data));
    if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
    if (type === 'subscribe') heads.set(socket, `{"id":${JSON.stringify(id)},"type":"next","payload":`);
  });
  socket.on('close', () => heads.delete(socket));
});
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new TypeError('The server does not listen on a TCP port.');

serve({
  url: `http://127.0.0.1:${address.port}`,
  subscribed: () => heads.size,
  publish: (number) => {
    const answer = JSON.stringify({ data: { videoProgress: shownOf(eventOf(number)) } });
    for (const [socket, head] of heads) socket.send(`${head}${answer}}`);
  },
});
