import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestServer, until } from '../harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ limits: { answerMs: 300 } });
});
afterAll(() => server.close());

/** A request for ten million characters, uncompressed, on a connection of its own. */
function askForMuch() {
  const { hostname, port } = new URL(server.url);
  const body = JSON.stringify({ query: '{ large(characters: 10000000) }' });
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

it('A client that does not read its answer is disconnected, so that the answer leaves the memory', async () => {
  const socket = askForMuch();
  socket.pause();
  let hasEnded = false;
  socket.once('close', () => {
    hasEnded = true;
  });
  socket.on('error', () => undefined);
  // The system buffers a part of it; only what was sent there can still be read.
  await until(() => server.backend.contexts > 0);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  let received = 0;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  socket.resume();
  await until(() => hasEnded);
  expect(received).toBeLessThan(9_000_000);
});

it('A client that reads gets all of it', async () => {
  const socket = askForMuch();
  let received = 0;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received >= 10_000_000) socket.end();
  });
  await once(socket, 'close');
  expect(received).toBeGreaterThanOrEqual(10_000_000);
});
