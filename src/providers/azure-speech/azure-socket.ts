import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { AppError } from '../../errors.ts';
import { refusalError } from '../http/refusals.ts';
import { transportError } from '../http/service-fetch.ts';
import { unknownVoice } from '../voices/voice-errors.ts';
import { readMessage, type SpeechMessage, textMessage } from './azure-messages.ts';

export interface Synthesis {
  /** Beginning with ws: or wss: */
  readonly url: string;
  readonly key: string;
  readonly ssml: string;
  readonly outputFormat: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const SERVICE = 'AZURE_SPEECH';
const MOST_BYTES = 64 * 1024 * 1024;
/** What a message takes beside its bytes. */
const MESSAGE_BYTES = 256;
const MOST_REFUSAL_BYTES = 100_000;
/** Codes with which the service closes a connection: wrong data (RFC 6455 §7.4.1), try again later, too many requests. */
const INVALID_DATA = 1007;
const THROTTLED: ReadonlySet<number> = new Set([1013, 4429]);
const DONE = 1000;

/**
 * Sends one document over the protocol of the Speech SDK, and resolves to the messages of its answer, in order, once the
 * service has ended it. The protocol is that of Microsoft's open-source SDK
 * (https://github.com/microsoft/cognitive-services-speech-sdk-js, src/common.speech/SynthesisAdapterBase.ts): the REST API gives
 * no times of words.
 */
export async function synthesized(synthesis: Synthesis): Promise<readonly SpeechMessage[]> {
  const { url, key, timeoutMs, signal } = synthesis;
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  const socket = new WebSocket(url, {
    headers: { 'Ocp-Apim-Subscription-Key': key, 'X-ConnectionId': hexId() },
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: MOST_BYTES,
  });
  const ended = AbortSignal.any([signal, timeout]);
  // Also while it is opening, when close() would wait for the service.
  const end = () => socket.terminate();
  ended.addEventListener('abort', end);
  try {
    return await answerOf(socket, synthesis);
  } catch (thrown) {
    signal.throwIfAborted();
    throw transportError(SERVICE, thrown, timeout.aborted ? timeoutMs : undefined);
  } finally {
    ended.removeEventListener('abort', end);
    socket.terminate();
  }
}

function answerOf(socket: WebSocket, { ssml, outputFormat }: Synthesis): Promise<readonly SpeechMessage[]> {
  return new Promise((resolve, reject) => {
    const messages: SpeechMessage[] = [];
    let bytes = 0;
    // Without a listener, an error after the end would be thrown.
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      refusalOf(response).then(reject, reject);
    });
    socket.on('open', () => {
      const requestId = hexId();
      for (const message of messagesFor(ssml, outputFormat, requestId)) socket.send(message);
    });
    socket.on('message', (data, isBinary) => {
      const received = bytesOf(data);
      // Headers too: an answer without an end may have nothing else.
      bytes += received.length + MESSAGE_BYTES;
      if (bytes > MOST_BYTES) {
        reject(new Error(`the answer is longer than ${MOST_BYTES} bytes`));
        return;
      }
      const message = readMessage(received, isBinary);
      if (message === undefined) return;
      if (message.headers['path'] === 'turn.end') resolve(messages);
      else messages.push(message);
    });
    socket.on('close', (code, reason) => reject(closedError(code, reason.toString('utf8'))));
  });
}

function messagesFor(ssml: string, outputFormat: string, requestId: string): readonly string[] {
  const now = new Date();
  const json = 'application/json';
  const system = { name: 'SpeechSDK', version: '1.40.0', build: 'JavaScript', lang: 'JavaScript' };
  const options = { wordBoundaryEnabled: true, sentenceBoundaryEnabled: false, visemeEnabled: false };
  const context = {
    synthesis: { audio: { metadataOptions: options, outputFormat }, language: { autoDetection: false } },
  };
  return [
    textMessage('speech.config', requestId, json, JSON.stringify({ context: { system } }), now),
    textMessage('synthesis.context', requestId, json, JSON.stringify(context), now),
    textMessage('ssml', requestId, 'application/ssml+xml', ssml, now),
  ];
}

function hexId(): string {
  return randomUUID().replaceAll('-', '').toUpperCase();
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}

/** The answer to the request for a connection, where it is none. */
async function refusalOf(response: IncomingMessage): Promise<AppError> {
  let body = '';
  for await (const chunk of response) {
    body += String(chunk);
    if (body.length > MOST_REFUSAL_BYTES) break;
  }
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return refusalError(SERVICE, { status: response.statusCode ?? 0, headers, body });
}

/** The end of a connection before the end of the answer. The reason is read, and not repeated: it may hold the text. */
function closedError(code: number, reason: string): Error {
  if (THROTTLED.has(code)) return refusalError(SERVICE, { status: 429, headers: {}, body: '' });
  if (code === INVALID_DATA && /unsupported voice/i.test(reason)) return unknownVoice(SERVICE);
  if (code === INVALID_DATA) return refusalError(SERVICE, { status: 400, headers: {}, body: '' });
  return new Error(code === DONE ? 'the connection was closed too early' : `the connection was closed with ${code}`);
}
