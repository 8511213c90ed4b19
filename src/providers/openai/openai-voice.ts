import { z } from 'zod';
import type { AppError } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import type { RefusalRules } from '../http/refusals.ts';
import { ServiceClient } from '../http/service-client.ts';
import type { Answer, Usage } from '../provider.ts';
import { characterCount, type PaidAnswer, soundIn, soundOf, unreadable } from '../voices/service-answers.ts';
import { primaryLanguage, unknownVoice, unsupportedLanguage } from '../voices/voice-errors.ts';
import type { VoiceRequest, VoiceService, VoiceSound } from '../voices/voice-service.ts';

/** https://developers.openai.com/api/docs/guides/error-codes */
export const OPENAI_RULES: RefusalRules = {
  invalidKey: ['invalid_api_key', 'invalid_organization'],
  quotaExceeded: ['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active'],
  contentRejected: ['content_policy_violation', 'moderation_blocked', 'content_filter'],
};

const DEFAULT_MODEL = 'gpt-4o-mini-tts';
/** https://developers.openai.com/api/docs/guides/text-to-speech: voices and languages. */
const OLD_VOICES = ['alloy', 'ash', 'coral', 'echo', 'fable', 'onyx', 'nova', 'sage', 'shimmer'];
const VOICES = ['marin', 'cedar', ...OLD_VOICES, 'ballad', 'verse'];
/** A voice of the account's own. */
const OWN_VOICE = /^voice_[\w-]{1,100}$/;
const LANGUAGES: ReadonlySet<string> = new Set(
  (
    'af ar hy az be bs bg ca zh hr cs da nl en et fi fr gl de el he hi hu is id it ja kn kk ko lv lt mk ms mr mi ne no fa pl ' +
    'pt ro ru sr sk sl es sw sv fil ta th tr uk ur vi cy'
  ).split(' '),
);

/** The models that are billed by characters; others are billed by tokens. */
const isOld = (model: string): boolean => model.startsWith('tts-1');
/** 2,000 tokens are the most that gpt-4o-mini-tts takes; a Chinese character is about one. 4,096 characters for the others. */
const longestFor = (model: string): number => (isOld(model) ? 4_000 : 1_800);

/** Voices of OpenAI. It gives no times of words. */
export function openaiVoice(settings: ServiceSettings): VoiceService {
  const model = settings.models.SPEECH ?? DEFAULT_MODEL;
  const known = isOld(model) ? OLD_VOICES : VOICES;
  const client = new ServiceClient({
    service: 'OPENAI',
    baseUrl: settings.baseUrl ?? 'https://api.openai.com/v1',
    headers: { authorization: `Bearer ${settings.apiKey ?? ''}` },
    timeoutMs: settings.timeoutMs,
    rules: OPENAI_RULES,
  });
  const mostUsage = (request: VoiceRequest) =>
    isOld(model) ? { characters: characterCount(request.text) } : mostTokens(request);
  return {
    name: settings.name,
    service: 'OPENAI',
    models: [model],
    paid: true,
    priority: settings.priority,
    concurrency: settings.concurrency,
    givesTimes: false,
    maxCharacters: longestFor(model),
    // gpt-4o-mini-tts does not follow the speed that is asked for.
    speeds: isOld(model) ? [0.25, 4] : [1, 1],
    unsuitable: ({ language, voiceId }) => unsuitable(known, language, voiceId),
    mostUsage,
    voices: async () => known.map((id) => ({ id, name: nameOf(id), languages: [], cloned: false })),
    async call(request, { signal }): Promise<Answer<VoiceSound>> {
      const paid: PaidAnswer = { service: 'OPENAI', model, usage: mostUsage(request) };
      const { voiceId } = request;
      const response = await client.send({
        method: 'POST',
        path: '/audio/speech',
        body: {
          model,
          input: request.text,
          voice: voiceId === undefined ? known[0] : OWN_VOICE.test(voiceId) ? { id: voiceId } : voiceId,
          // Parts of an MP3 file can be joined wherever they end, and it needs no length at its beginning.
          response_format: 'mp3',
          // Only events say how many tokens were used.
          ...(isOld(model) ? { speed: request.speed } : { stream_format: 'sse' }),
        },
        signal,
      });
      if (isOld(model)) return { content: await soundOf(response, paid), model, usage: paid.usage };
      const { audio, usage } = soundOfEvents(await response.text(), paid);
      return { content: { audio, contentType: 'audio/mpeg' }, model, usage };
    },
  };
}

function unsuitable(known: readonly string[], language: string, voiceId: string | undefined): AppError | undefined {
  if (!LANGUAGES.has(primaryLanguage(language))) return unsupportedLanguage('OPENAI', language);
  return voiceId === undefined || known.includes(voiceId) || OWN_VOICE.test(voiceId)
    ? undefined
    : unknownVoice('OPENAI');
}

function nameOf(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}

/** No token is shorter than a byte. A slow reader says 5 bytes a second in any script; OpenAI bills 21 tokens a second. */
function mostTokens({ text }: VoiceRequest): Usage {
  const bytes = Buffer.byteLength(text);
  return { inputTokens: bytes + 50, outputTokens: Math.ceil((bytes / 5) * 21) + 100 };
}

const tokens = z.number().int().nonnegative();
/** https://developers.openai.com/api/reference/resources/audio/subresources/speech: events of stream_format "sse". */
const event = z.union([
  z.object({ type: z.literal('speech.audio.delta'), audio: z.string() }),
  z.object({
    type: z.literal('speech.audio.done'),
    usage: z.object({ input_tokens: tokens, output_tokens: tokens }),
  }),
]);

/** The sound is complete only with the last event. */
function soundOfEvents(text: string, paid: PaidAnswer): { readonly audio: Uint8Array; readonly usage: Usage } {
  const parts: Uint8Array[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('data:')) continue;
    const parsed = event.safeParse(jsonIn(line.slice('data:'.length)));
    if (!parsed.success) continue;
    if (parsed.data.type === 'speech.audio.delta') parts.push(soundIn(parsed.data.audio, paid));
    else {
      const { input_tokens, output_tokens } = parsed.data.usage;
      const usage = { inputTokens: input_tokens, outputTokens: output_tokens };
      if (parts.length === 0) throw unreadable({ ...paid, usage });
      return { audio: new Uint8Array(Buffer.concat(parts)), usage };
    }
  }
  throw unreadable(paid);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
