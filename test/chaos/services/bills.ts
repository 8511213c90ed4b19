import { z } from 'zod';
import { billOf } from '../../fakes/bill-of.ts';
import type { FakeReply, ReceivedRequest } from '../../fakes/fake-service.ts';
import { multipartOf } from '../../fakes/multipart.ts';
import { RATE, tones } from '../../providers/voices/spoken-tones.ts';
import { type ContentName, contentIn } from './contents.ts';

/** The content that a call makes. */
export interface CallContent extends ContentName {
  readonly stage: 'SCRIPT' | 'SPEECH' | 'VISUALS' | 'ANALYSIS';
  /** Name of the provider whose attempt the call is part of: a voice's transcript may be another service's. */
  readonly provider: string;
  /** Whether it only finds the times of a voice's words. */
  readonly isTranscript: boolean;
}

/** One call on a service's bill. */
export interface Bill {
  readonly service: string;
  readonly content: CallContent;
  /** Ten-thousandths of a dollar; 0 for a call that was accepted and is not billed. */
  readonly cost: number;
  /** Whether the whole answer was sent. */
  readonly isAnswered: boolean;
  /** When the call arrived, in milliseconds since the epoch. */
  readonly at: number;
}

/** Finds out which content a call makes. */
export class CallReader {
  readonly #spoken: string[] = [];

  /** Throws for a call that makes nothing that was ordered. */
  contentOf(service: string, request: ReceivedRequest): CallContent {
    if (request.path.endsWith('/speech-to-text')) return this.#transcriptOf(request);
    const text = request.body.toString('latin1');
    const stage = stageOf(request.path, text);
    if (stage === 'SPEECH' && service === 'openai') this.#spoken.push(speech.parse(request.json()).input);
    const { video, scene } = nameIn(text);
    const isOfVideo = stage === 'SCRIPT' || stage === 'ANALYSIS';
    return { stage, video, scene: isOfVideo ? '' : scene, provider: service, isTranscript: false };
  }

  /** A recording is recognized by its pitch. */
  #transcriptOf(request: ReceivedRequest): CallContent {
    const wav = multipartOf(request).files['file'] ?? Buffer.alloc(0);
    // Within the first word.
    const heard = wav.subarray(WAV_HEADER + RATE / 10, WAV_HEADER + RATE / 5);
    const text = this.#spoken.findLast((one) => Buffer.from(tones(one).samples.buffer).includes(heard));
    return { stage: 'SPEECH', ...nameIn(text ?? ''), provider: 'openai', isTranscript: true };
  }
}

const WAV_HEADER = 44;
const speech = z.object({ input: z.string() });

function stageOf(path: string, text: string): CallContent['stage'] {
  if (path.includes('speech')) return 'SPEECH';
  if (path === '/v1/messages' || path === '/v1/responses')
    return text.includes('\\"kind\\":\\"topic\\"') ? 'SCRIPT' : 'ANALYSIS';
  return 'VISUALS';
}

function nameIn(text: string): ContentName {
  const found = contentIn(text);
  if (!found) throw new Error(`a call for nothing that was ordered: ${text.slice(0, 200)}`);
  return found;
}

const tokens = z.object({ usage: z.object({ input_tokens: z.int(), output_tokens: z.int() }) });
/** The last event of OpenAI's speech. */
const SPEECH_USAGE = /\{"type":"speech\.audio\.done".*\}/;

/** What the service takes for this answer. */
export function costOf(service: string, request: ReceivedRequest, reply: Exclude<FakeReply, string>): number {
  if ('upgrade' in reply) throw new Error('None of these services speaks over sockets.');
  const { body, headers } = reply;
  if (service === 'stability') return billOf('stability/stable-image-core', { images: 1 });
  if (service === 'replicate') return billOf('replicate/black-forest-labs/flux-schnell', { images: 1 });
  if (service === 'elevenlabs') {
    if (!request.path.endsWith('/speech-to-text'))
      return billOf('elevenlabs/eleven_multilingual_v2', { characters: Number(headers?.['character-cost']) });
    const wav = multipartOf(request).files['file'] ?? Buffer.alloc(0);
    return billOf('elevenlabs/scribe_v2', { seconds: Math.ceil((wav.length - WAV_HEADER) / 2 / RATE) });
  }
  const reported = typeof body === 'string' ? JSON.parse(SPEECH_USAGE.exec(body)?.[0] ?? '{}') : body;
  const { usage } = tokens.parse(reported);
  return billOf(`${service}/${modelOf(service, request.path)}`, {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
  });
}

/** The defaults, which this run does not change. */
function modelOf(service: string, path: string): string {
  if (service === 'claude') return 'claude-haiku-5-5';
  if (path.endsWith('/audio/speech')) return 'gpt-4o-mini-tts';
  return path.endsWith('/images/generations') ? 'gpt-image-2.5-flare' : 'gpt-6-luna';
}
