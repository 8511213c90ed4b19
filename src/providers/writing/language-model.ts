import type { ModelMessage, LanguageModel as SdkModel } from 'ai';
import type { z } from 'zod';
import { AppError, throwIfCanceled } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import { type RefusalRules, SERVICE_NAMES } from '../http/refusals.ts';
import { unreadableAnswer } from '../http/service-client.ts';
import { serviceFetch } from '../http/service-fetch.ts';
import { UnusableAnswer, type Usage } from '../provider.ts';
import { inTheForm } from './json-reply.ts';
import { ServiceTransport } from './service-transport.ts';
import { mostTokens } from './tokens.ts';

/** What is particular to one service, or to one model of it. */
export interface ModelService {
  readonly settings: ServiceSettings;
  /** The first is the one that a request uses unless it chooses. Empty where the operator has to name one. */
  readonly models: readonly string[];
  readonly acceptsOtherModels?: boolean;
  readonly paid: boolean;
  readonly rules: RefusalRules;
  /** `some`: a model may refuse a JSON schema; then it is only described in the instructions. */
  readonly takesSchemas: 'all' | 'some';
  /** How much a model reasons before it writes; left out, or undefined, where a model may not know the setting. */
  reasoning?(model: string): 'none' | 'low' | undefined;
  /** Left out where it looks at no videos. */
  readonly videos?: VideoInput;
  readonly providerOptions?: Readonly<Record<string, Readonly<Record<string, string | boolean | null>>>>;
  /** Loads the SDK: only here, so that a start without keys does not. */
  open(model: string, transport: typeof fetch): Promise<SdkModel>;
}

/** How a model looks at videos. */
export interface VideoInput {
  readonly tokensPerSecond: number;
  /** Of the video in a request. */
  readonly mostBytes: number;
}

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  /** An MP4 that the text is about. */
  readonly video?: Uint8Array;
}

export interface ModelRequest {
  /** By default the first of `models`. */
  readonly model?: string | undefined;
  readonly instructions?: string;
  readonly messages: readonly Message[];
  /** The most tokens of a reply, with those that the model spends on reasoning. */
  readonly outputLimit: number;
  /** The form of a reply in JSON; without it the reply is plain text. */
  readonly schema?: z.ZodType;
}

export interface ModelReply {
  readonly text: string;
  /** True where the limit of tokens ended it. */
  readonly isCut: boolean;
  readonly model: string;
  readonly usage: Usage;
}

/** Text is small: a longer answer is a fault. */
const MOST_BYTES = 4 * 1024 * 1024;
/** More than any model takes or writes in one request. */
const MOST_TOKENS = 10_000_000;
/** A cache is written for 1.25 times the price of input (OpenAI and Anthropic); the price list has no price of its own for it. */
const CACHE_WRITE_SURCHARGE = 0.25;

const END_OF_THOUGHTS = '</think>';

/**
 * A language model behind a service's SDK. `ask` sends one request. It fails with an AppError as `ContentProvider` describes it;
 * <SERVICE>_CONTENT_REJECTED has an UnusableAnswer as cause where the model was asked and refused.
 */
export class LanguageModel {
  readonly service: ModelService;
  /** Models that have refused a schema. */
  readonly #withoutSchemas = new Set<string>();
  readonly #fetch: typeof fetch;

  constructor(service: ModelService) {
    this.service = service;
    const { timeoutMs } = service.settings;
    this.#fetch = serviceFetch({ service: service.settings.service, timeoutMs, maxBytes: MOST_BYTES });
  }

  /** Why it cannot be asked: no model is named, or another one than it has. */
  unsuitable(model: string | undefined): AppError | undefined {
    const { models, acceptsOtherModels, settings } = this.service;
    const name = SERVICE_NAMES[settings.service];
    if (model === undefined && models.length === 0)
      return new AppError('PROVIDER_UNAVAILABLE', `${name} needs a model: set ${settings.service}_TEXT_MODEL.`);
    if (model === undefined || models.includes(model) || acceptsOtherModels === true) return undefined;
    return new AppError('PROVIDER_UNAVAILABLE', `${name} is not set up for this model. It has: ${models.join(', ')}.`);
  }

  async ask(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    throwIfCanceled(signal);
    const unsuitable = this.unsuitable(request.model);
    const model = request.model ?? this.service.models[0];
    if (unsuitable !== undefined || model === undefined)
      throw unsuitable ?? unreadableAnswer(this.service.settings.service);
    const transport = new ServiceTransport(this.service.settings, this.service.rules, this.#fetch);
    const asSchema = request.schema !== undefined && !this.#withoutSchemas.has(model);
    try {
      return await this.#send(request, { model, asSchema, signal, transport });
    } catch (thrown) {
      if (!asSchema || this.service.takesSchemas === 'all' || !transport.isAboutForm(thrown)) throw thrown;
      const reply = await this.#send(request, { model, asSchema: false, signal, transport });
      this.#withoutSchemas.add(model);
      return reply;
    }
  }

  async #send(request: ModelRequest, sending: Sending): Promise<ModelReply> {
    const { model, signal, transport } = sending;
    const result = await transport.around(signal, async () => {
      const { generateText } = await import('ai');
      // Its warnings are about models that take a setting in another way: nothing that an operator could act on.
      globalThis.AI_SDK_LOG_WARNINGS = false;
      const sdkModel = await this.service.open(model, transport.fetch);
      return await generateText({ ...(await this.#callOf(request, sending)), model: sdkModel });
    });
    const usage = usageOf(result.usage, request);
    if (result.finishReason === 'content-filter') throw this.#rejected(model, usage);
    return { text: withoutThoughts(result.text), isCut: result.finishReason === 'length', model, usage };
  }

  async #callOf({ instructions, messages, outputLimit, schema }: ModelRequest, { model, asSchema, signal }: Sending) {
    const { providerOptions, takesSchemas } = this.service;
    const reasoning = this.service.reasoning?.(model);
    const described = schema === undefined || takesSchemas === 'all' ? undefined : inTheForm(schema);
    const allInstructions = [instructions, described].filter((text) => text !== undefined).join('\n\n');
    const effort = reasoning === undefined || schema !== undefined ? reasoning : 'none';
    return {
      ...(allInstructions === '' ? {} : { instructions: allInstructions }),
      ...(asSchema && schema !== undefined ? { output: await unparsed(schema) } : {}),
      ...(effort === undefined ? {} : { reasoning: effort }),
      ...(providerOptions === undefined ? {} : { providerOptions: structuredClone(providerOptions) }),
      messages: messages.map(sdkMessage),
      maxOutputTokens: outputLimit,
      maxRetries: 0,
      abortSignal: signal,
    };
  }

  #rejected(model: string, usage: Usage): AppError {
    const { service } = this.service.settings;
    const message = `${SERVICE_NAMES[service]} refused the content by its rules: change the text.`;
    const cause = new UnusableAnswer(model, usage, 'the model refused, or a filter removed its reply');
    return new AppError(`${service}_CONTENT_REJECTED`, message, { cause });
  }
}

/** The video comes first, as Google advises. */
function sdkMessage({ role, content, video }: Message): ModelMessage {
  if (role === 'assistant' || video === undefined) return { role, content };
  const file = { type: 'file', data: video, mediaType: 'video/mp4' } as const;
  return { role, content: [file, { type: 'text', text: content }] };
}

/** Some servers leave in the answer what a model has written while it reasoned, up to where the limit of tokens ended it. */
function withoutThoughts(text: string): string {
  const end = text.lastIndexOf(END_OF_THOUGHTS);
  if (end !== -1) return text.slice(end + END_OF_THOUGHTS.length);
  return text.trimStart().startsWith('<think>') ? '' : text;
}

interface Sending {
  readonly model: string;
  readonly asSchema: boolean;
  readonly signal: AbortSignal;
  readonly transport: ServiceTransport;
}

/** The SDK's request for an object, without its check of the reply: a wrong one can be repaired, and is billed. */
async function unparsed(schema: z.ZodType) {
  const { Output } = await import('ai');
  return {
    ...Output.object({ schema, name: 'reply' }),
    parseCompleteOutput: async ({ text }: { text: string }) => text,
  };
}

interface SdkUsage {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly inputTokenDetails?: { readonly cacheWriteTokens?: number | undefined };
}

function usageOf({ inputTokens, outputTokens, inputTokenDetails }: SdkUsage, request: ModelRequest): Usage {
  const surcharge = Math.ceil(CACHE_WRITE_SURCHARGE * (inputTokenDetails?.cacheWriteTokens ?? 0));
  const texts = [request.instructions ?? '', ...request.messages.map(({ content }) => content)].join(' ');
  const input = plausible(inputTokens === undefined ? undefined : inputTokens + surcharge, mostTokens(texts));
  const output = plausible(outputTokens, request.outputLimit);
  return {
    ...(input === undefined ? {} : { inputTokens: input }),
    ...(output === undefined ? {} : { outputTokens: output }),
  };
}

/** A count that no request can have is taken for the most that the texts of this one can. */
function plausible(tokens: number | undefined, most: number): number | undefined {
  if (tokens === undefined) return undefined;
  return Number.isSafeInteger(tokens) && tokens >= 0 && tokens <= MOST_TOKENS ? tokens : most;
}
