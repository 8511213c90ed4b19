import type { generateImage, ImageModelUsage } from 'ai';
import { AppError, throwIfCanceled } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import { type RefusalRules, refusalError } from '../http/refusals.ts';
import { unreadableAnswer } from '../http/service-client.ts';
import { UnusableAnswer, type Usage } from '../provider.ts';
import { rejectedPicture, unusablePicture } from './checked-picture.ts';

type GenerateOptions = Parameters<typeof generateImage>[0];

export interface SdkCall {
  readonly settings: ServiceSettings;
  readonly rules: RefusalRules;
  /** By its name in the price list. */
  readonly modelName: string;
  readonly options: Omit<GenerateOptions, 'n' | 'maxRetries' | 'abortSignal' | 'headers'>;
  /** What is billed, by the service's own count, where it gives one. */
  usage(counted: ImageModelUsage): Usage;
  /** Why a reply without a picture has none, if that is a rule of the service; by what the SDK calls the provider's metadata. */
  withheld?(metadata: unknown): string | undefined;
}

export interface SdkPicture {
  readonly bytes: Uint8Array;
  readonly usage: Usage;
}

/** One picture by the SDK of the service's maker: one request, and its failures as AppErrors. */
export async function sdkPicture(call: SdkCall, signal: AbortSignal): Promise<SdkPicture> {
  throwIfCanceled(signal);
  // At its first use: a start without keys loads no SDK.
  const { generateImage, APICallError, NoImageGeneratedError } = await import('ai');
  const { settings, rules } = call;
  try {
    const { image, usage } = await generateImage({ ...call.options, n: 1, maxRetries: 0, abortSignal: signal });
    return { bytes: image.uint8Array, usage: call.usage(usage) };
  } catch (thrown) {
    throwIfCanceled(signal);
    const ofTransport = appErrorIn(thrown);
    if (ofTransport !== undefined) throw ofTransport;
    if (NoImageGeneratedError.isInstance(thrown)) throw withoutPicture(call, thrown.calls?.[0]);
    // The SDK's error is no cause: it holds the whole request and reply.
    if (!APICallError.isInstance(thrown)) throw unreadableAnswer(settings.service);
    const { statusCode = 200, responseHeaders = {}, responseBody = '' } = thrown;
    if (statusCode < 300) throw unreadableAnswer(settings.service);
    throw refusalError(settings.service, { status: statusCode, headers: responseHeaders, body: responseBody }, rules);
  }
}

/** The error of the function that the SDK uses as `fetch`; it may be the cause of one of the SDK's own. */
function appErrorIn(thrown: unknown): AppError | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) if (error instanceof AppError) return error;
  return undefined;
}

function withoutPicture(
  { settings: { service }, modelName, usage, withheld }: SdkCall,
  reply: { readonly usage?: ImageModelUsage | undefined; readonly providerMetadata?: unknown } | undefined,
): AppError {
  const billed = reply?.usage === undefined ? {} : usage(reply.usage);
  const reason = withheld?.(reply?.providerMetadata);
  return reason === undefined
    ? unusablePicture(service, new UnusableAnswer(modelName, billed, 'The reply holds none.'))
    : rejectedPicture(service, new UnusableAnswer(modelName, billed, reason));
}
