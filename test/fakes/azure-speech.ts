import { expect } from 'vitest';
import type { WebSocket } from 'ws';
import { wavFile } from '../../src/providers/voices/sound/pcm.ts';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';
import { tones } from '../providers/voices/spoken-tones.ts';
import type { FakeHandler } from './fake-service.ts';

const TICKS = 10_000_000;

/**
 * Azure Speech: the list of voices as documented at
 * https://learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech, and the protocol of
 * https://github.com/microsoft/cognitive-services-speech-sdk-js (SynthesisAdapterBase, SynthesisContext,
 * SpeechWebsocketMessageFormatter). A wrong request ends the connection. `documents` are those that were sent.
 */
export function azureSpeech(documents: string[] = []): FakeHandler {
  return ({ method, path, headers }) => {
    expect(method).toBe('GET');
    expect(headers['ocp-apim-subscription-key']).toBe(TEST_KEY);
    if (path === '/cognitiveservices/voices/list') return { body: VOICES };
    expect(path).toBe('/cognitiveservices/websocket/v1');
    expect(headers['x-connectionid']).toMatch(/^[0-9A-F]{32}$/);
    return { upgrade: (socket) => serve(socket, documents) };
  };
}

function serve(socket: WebSocket, documents: string[]): void {
  const expected = ['speech.config', 'synthesis.context', 'ssml'];
  socket.on('message', (data, isBinary) => {
    try {
      expect(isBinary).toBe(false);
      const { headers, body } = partsOf(String(data));
      expect(headers['Path']).toBe(expected.shift());
      expect(headers['X-RequestId']).toMatch(/^[0-9A-F]{32}$/);
      expect(Date.parse(headers['X-Timestamp'] ?? '')).toBeGreaterThan(0);
      if (headers['Path'] === 'ssml') {
        expect(headers['Content-Type']).toBe('application/ssml+xml');
        documents.push(body);
        speak(socket, body, headers['X-RequestId'] ?? '');
        return;
      }
      expect(headers['Content-Type']).toBe('application/json');
      if (headers['Path'] === 'synthesis.context')
        expect(JSON.parse(body)).toEqual({
          synthesis: {
            audio: {
              metadataOptions: { wordBoundaryEnabled: true, sentenceBoundaryEnabled: false, visemeEnabled: false },
              outputFormat: 'audio-24khz-96kbitrate-mono-mp3',
            },
            language: { autoDetection: false },
          },
        });
      else expect(JSON.parse(body).context.system.name).toBe('SpeechSDK');
    } catch (thrown) {
      socket.close(1007, String(thrown).slice(0, 100));
    }
  });
}

function partsOf(message: string): { readonly headers: Record<string, string>; readonly body: string } {
  const end = message.indexOf('\r\n\r\n');
  const headers = Object.fromEntries(
    message
      .slice(0, end)
      .split('\r\n')
      .map((line) => line.split(': ')),
  );
  return { headers, body: message.slice(end + 4) };
}

function speak(socket: WebSocket, ssml: string, requestId: string): void {
  const match =
    /^<speak version="1\.0" xmlns="http:\/\/www\.w3\.org\/2001\/10\/synthesis" xml:lang="([\w-]+)"><voice name="([^"]+)">(?:<prosody rate="[\d.]+">)?([^<]*)(?:<\/prosody>)?<\/voice><\/speak>$/.exec(
      ssml,
    );
  if (match === null) {
    socket.close(1007, 'SSML is invalid');
    return;
  }
  if (!/^[a-z]{2,3}-[A-Z]{2}-\w+Neural$/.test(match[2] ?? '')) {
    socket.close(1007, `Unsupported voice ${match[2]}.`);
    return;
  }
  const text = (match[3] ?? '').replaceAll('&lt;', '<').replaceAll('&amp;', '&').replaceAll('&apos;', "'");
  const { samples, words } = tones(text);
  const send = (path: string, body: object) =>
    socket.send(
      `X-RequestId:${requestId}\r\nContent-Type:application/json; charset=utf-8\r\nPath:${path}\r\n\r\n${JSON.stringify(body)}`,
    );
  const sendSound = (bytes: Uint8Array) => {
    const headers = Buffer.from(
      `X-RequestId:${requestId}\r\nX-StreamId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n`,
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(headers.length);
    socket.send(Buffer.concat([length, headers, bytes]));
  };
  const wav = wavFile([samples], 16_000);
  send('turn.start', { context: { serviceTag: 's1' } });
  send('response', { context: { serviceTag: 's1' }, audio: { type: 'inline', streamId: '1' } });
  sendSound(wav.subarray(0, 1_000));
  for (const { start, end, startSeconds, endSeconds } of words)
    send('audio.metadata', {
      Metadata: [
        {
          Type: 'WordBoundary',
          Data: {
            Offset: Math.round(startSeconds * TICKS),
            Duration: Math.round((endSeconds - startSeconds) * TICKS),
            text: { Text: text.slice(start, end), Length: end - start, BoundaryType: 'WordBoundary' },
          },
        },
      ],
    });
  send('audio.metadata', { Metadata: [{ Type: 'SessionEnd', Data: { Offset: 1 } }] });
  sendSound(wav.subarray(1_000));
  sendSound(new Uint8Array());
  send('turn.end', {});
}

const voice = (ShortName: string, Locale: string, more: object = {}) => ({
  Name: `Microsoft Server Speech Text to Speech Voice (${Locale}, X)`,
  DisplayName: ShortName.replace(/^.*-|Neural$/g, ''),
  LocalName: 'X',
  ShortName,
  Gender: 'Female',
  Locale,
  LocaleName: 'X',
  SampleRateHertz: '24000',
  VoiceType: 'Neural',
  Status: 'GA',
  WordsPerMinute: '152',
  ...more,
});
const VOICES = [
  voice('en-US-JennyNeural', 'en-US'),
  voice('en-US-AvaMultilingualNeural', 'en-US', { SecondaryLocaleList: ['de-DE', 'zh-CN'] }),
  voice('zh-TW-HsiaoChenNeural', 'zh-TW'),
];
