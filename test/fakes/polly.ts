import { expect } from 'vitest';
import { signedHeaders } from '../../src/providers/polly/aws-signature.ts';
import { wavFile } from '../../src/providers/voices/sound/pcm.ts';
import { TEST_KEY } from '../providers/services/adapter-contract.ts';
import { tones } from '../providers/voices/spoken-tones.ts';
import type { FakeHandler, FakeReply, ReceivedRequest } from './fake-service.ts';

export const POLLY_ENV = { AWS_ACCESS_KEY_ID: 'AKIDTEST', AWS_REGION: 'eu-central-1' };

/**
 * AWS Polly as documented at https://docs.aws.amazon.com/polly/latest/dg/: API_SynthesizeSpeech, API_DescribeVoices, output
 * (speech marks). A wrong request or signature fails the test.
 */
export const polly: FakeHandler = (request) => {
  expectSignature(request);
  if (request.path.startsWith('/v1/voices')) return voices(request);
  expect([request.method, request.path]).toEqual(['POST', '/v1/speech']);
  expect(request.headers['content-type']).toBe('application/json');
  const body = request.json() as { Text: string; TextType: string; OutputFormat: string; VoiceId: string };
  const isMarks = body.OutputFormat === 'json';
  expect(body).toEqual({
    Engine: expect.stringMatching(/^(?:standard|neural|long-form|generative)$/),
    OutputFormat: isMarks ? 'json' : 'mp3',
    Text: expect.any(String),
    TextType: expect.stringMatching(/^(?:text|ssml)$/),
    VoiceId: expect.any(String),
    ...(isMarks ? { SpeechMarkTypes: ['word'] } : {}),
  });
  if (body.VoiceId === 'Missing')
    return pollyError(400, 'ValidationException', "1 validation error detected: Value 'X' at 'voiceId' failed");
  // Tags are not spoken; blanks in their place keep the offsets.
  const spoken = body.Text.replace(/<[^>]*>|&[a-z]+;/g, (tag) => ' '.repeat(tag.length));
  const { samples, words } = tones(body.TextType === 'ssml' ? spoken : body.Text);
  const headers = { 'x-amzn-requestcharacters': String(Array.from(spoken.trim()).length) };
  const bytesTo = (unit: number): number => Buffer.byteLength(body.Text.slice(0, unit));
  const marks = words.map(({ start, end, startSeconds }) =>
    JSON.stringify({
      time: Math.round(startSeconds * 1_000),
      type: 'word',
      start: bytesTo(start),
      end: bytesTo(end),
      value: body.Text.slice(start, end),
    }),
  );
  return isMarks
    ? { headers: { ...headers, 'content-type': 'application/x-json-stream' }, body: `${marks.join('\n')}\n` }
    : { headers: { ...headers, 'content-type': 'audio/mpeg' }, body: Buffer.from(wavFile([samples], 16_000)) };
};

export function pollyError(status: number, name: string, message: string): Exclude<FakeReply, string> {
  const headers = { 'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/`, 'x-amzn-requestid': 'r1' };
  return { status, headers, body: { message } };
}

/** The signature over what was received. The function itself is tested with AWS's published cases. */
function expectSignature({ method, path, headers, body }: ReceivedRequest): void {
  const match =
    /^AWS4-HMAC-SHA256 Credential=AKIDTEST\/\d{8}\/eu-central-1\/polly\/aws4_request, SignedHeaders=([a-z0-9;-]+), /.exec(
      headers['authorization'] ?? '',
    );
  const names = match?.[1]?.split(';') ?? [];
  expect(names).toContain('host');
  expect(names).toContain('x-amz-date');
  const time = headers['x-amz-date'] ?? '';
  const date = new Date(time.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  expect(Math.abs(date.getTime() - Date.now())).toBeLessThan(300_000);
  const others = names.filter((name) => !['host', 'x-amz-date', 'x-amz-security-token'].includes(name));
  const again = signedHeaders(
    {
      method,
      url: new URL(path, `http://${headers['host']}`),
      headers: Object.fromEntries(others.map((name) => [name, headers[name] ?? ''])),
      body: body.toString('utf8'),
    },
    { region: 'eu-central-1', service: 'polly', date },
    { accessKeyId: 'AKIDTEST', secretAccessKey: TEST_KEY, sessionToken: headers['x-amz-security-token'] },
  );
  expect(headers['authorization']).toBe(again['authorization']);
}

function voices({ method, path }: ReceivedRequest): FakeReply {
  expect(method).toBe('GET');
  const query = new URL(path, 'http://fake').searchParams;
  expect(query.get('Engine')).toBe('neural');
  const voice = (Id: string, LanguageCode: string, more: object = {}) => ({
    Gender: 'Female',
    Id,
    LanguageCode,
    LanguageName: 'A language',
    Name: Id,
    SupportedEngines: ['neural', 'standard'],
    ...more,
  });
  return {
    body:
      query.get('NextToken') === 'more of them'
        ? { Voices: [voice('Zhiyu', 'cmn-CN'), voice('Dora', 'is-IS', { SupportedEngines: ['standard'] })] }
        : {
            Voices: [voice('Joanna', 'en-US'), voice('Kajal', 'en-IN', { AdditionalLanguageCodes: ['hi-IN'] })],
            NextToken: 'more of them',
          },
  };
}
