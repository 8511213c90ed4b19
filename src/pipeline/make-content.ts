import { z } from 'zod';
import type { DirectChains } from '../providers/direct-chains.ts';
import type { ImageRequest, SpeechRequest } from '../providers/ports.ts';
import type { Storage } from '../storage/storage.ts';
import { storeContent } from './artefacts.ts';

/** A content that a user has ordered without a video. Texts are NFC. */
export type ContentOrder =
  | { readonly type: 'TEXT'; readonly prompt: string; readonly maxTokens: number; readonly model?: string }
  | {
      readonly type: 'IMAGE';
      readonly prompt: string;
      readonly language: string;
      readonly aspectRatio: keyof typeof PICTURE_SIZES;
      readonly model?: string;
    }
  | {
      readonly type: 'AUDIO';
      readonly text: string;
      readonly language: string;
      readonly speed: number;
      readonly voiceId?: string;
    };

export interface ContentSpec {
  /** UUID of the generation. */
  readonly id: string;
  /** UUID of the user who has ordered it. */
  readonly userId: string;
  /** `provider` and `model`: see `DirectPreference`. */
  readonly order: ContentOrder & { readonly provider?: string };
}

/** In pixels: that of the largest film. */
export const PICTURE_SIZES = {
  LANDSCAPE_16_9: { width: 1_920, height: 1_080 },
  PORTRAIT_9_16: { width: 1_080, height: 1_920 },
  SQUARE_1_1: { width: 1_080, height: 1_080 },
} as const;

const storedText = z.object({ text: z.string() });
const storedFile = z.object({ key: z.string(), hash: z.string() });
const storedSound = z.object({ audio: storedFile, durationSeconds: z.number() });

export interface MakeContentParts {
  readonly chains: DirectChains;
  readonly storage: Storage;
  readonly signal: AbortSignal;
}

/** Makes one content and stores it; what is stored already is not made again. Fails as `Chain.call` does. */
export async function makeContent(
  { id, order }: Pick<ContentSpec, 'id' | 'order'>,
  parts: MakeContentParts,
): Promise<void> {
  if (order.type === 'TEXT') await writeText(order, parts);
  else if (order.type === 'IMAGE') await drawPicture(id, order, parts);
  else await speak(id, order, parts);
}

type Of<Type extends ContentOrder['type']> = Extract<ContentOrder, { readonly type: Type }>;

async function writeText({ prompt, maxTokens, model }: Of<'TEXT'>, { chains, signal }: MakeContentParts) {
  const request = { prompt, maxTokens, ...(model === undefined ? {} : { model }) };
  await chains.text.call(request, { signal, storedSchema: storedText, store: async (text) => ({ text }) });
}

async function drawPicture(
  id: string,
  { prompt, language, aspectRatio, model }: Of<'IMAGE'>,
  { chains, storage, signal }: MakeContentParts,
) {
  const request: ImageRequest = {
    prompt,
    ...(model === undefined ? {} : { model }),
    narration: prompt,
    title: prompt,
    language,
    index: 0,
    count: 1,
    seed: id,
    captionSafeHeight: 0,
    ...PICTURE_SIZES[aspectRatio],
  };
  await chains.image.call(request, {
    signal,
    storedSchema: storedFile,
    store: async ({ bytes, contentType }) =>
      await storeContent(storage, id, 'picture', contentType === 'image/png' ? 'png' : 'jpg', bytes),
  });
}

async function speak(
  id: string,
  { text, language, speed, voiceId }: Of<'AUDIO'>,
  { chains, storage, signal }: MakeContentParts,
) {
  const request: SpeechRequest = { text, language, speed, ...(voiceId === undefined ? {} : { voiceId }) };
  // A voice that the user has chosen is not replaced by one of the same id elsewhere.
  const [chosen] = voiceId === undefined ? [chains.speech] : await chains.speech.alone([request]);
  if (chosen === undefined) throw new Error('A chain has a provider, or says why it has none.');
  await chosen.call(request, {
    signal,
    storedSchema: storedSound,
    store: async ({ wav, durationSeconds }) => ({
      audio: await storeContent(storage, id, 'voice', 'wav', wav),
      durationSeconds,
    }),
  });
}
