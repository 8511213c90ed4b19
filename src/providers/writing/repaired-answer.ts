import type { z } from 'zod';
import { AppError } from '../../errors.ts';
import { SERVICE_NAMES } from '../http/refusals.ts';
import { type Answer, UnusableAnswer, type Usage } from '../provider.ts';
import { jsonSchemaOf, type Read, readObject } from './json-reply.ts';
import type { LanguageModel, Message, ModelReply } from './language-model.ts';
import { mostTokens, usualTokens } from './tokens.ts';

/** What a model has to do. */
export interface Task {
  readonly instructions: string;
  /** It is sent as JSON, so that no text of it can end it and continue as an instruction. */
  readonly material: object;
  readonly schema: z.ZodType;
  readonly outputLimit: number;
  /** Of the video that is sent with the material. */
  readonly videoTokens?: number;
}

/** A task with what its reply is checked by. */
export interface Assignment<Reply, Content> extends Task {
  readonly schema: z.ZodType<Reply>;
  readonly video?: Uint8Array;
  /** The content, or sentences that name what is wrong; they are sent back to the model. */
  check(reply: Reply): Read<Content>;
}

/**
 * With more tokens of input, prices of Claude (100,000) and OpenAI (272,000) rise, and those of the list would be too low; models of
 * Groq and of one's own server have no more room.
 */
const MOST_INPUT_TOKENS = 100_000;
/** Marks around messages, and the sentences of a repair. */
const OVERHEAD_TOKENS = 1_000;
/** Part of a wrong reply that is sent back with the request to repair it. UTF-16 units. */
const LONGEST_QUOTED = 100_000;

/** Why a model cannot do this; undefined where it can. */
export function unsuitableFor(model: LanguageModel, task: Task): AppError | undefined {
  const { service } = model.service.settings;
  if (inputTokensOf(task) > MOST_INPUT_TOKENS)
    return new AppError('PROVIDER_UNAVAILABLE', `The text is too long for ${SERVICE_NAMES[service]}.`);
  return model.unsuitable(undefined);
}

/** The most that both requests can use: the second has the first reply in its input. */
export function mostUsageOf(task: Task): Usage {
  const { outputLimit } = task;
  const input = inputTokensOf(task);
  return { inputTokens: 2 * input + outputLimit, outputTokens: 2 * outputLimit };
}

/** One request whose reply is valid, with so many tokens. */
export function usualUsageOf(task: Task, outputTokens: number): Usage {
  const { instructions, material, schema, videoTokens = 0 } = task;
  const inputTokens =
    usualTokens(instructions) + usualTokens(JSON.stringify(material)) + usualTokens(jsonSchemaOf(schema)) + videoTokens;
  return { inputTokens, outputTokens };
}

function inputTokensOf({ instructions, material, schema, videoTokens = 0 }: Task): number {
  return (
    mostTokens(instructions) +
    mostTokens(JSON.stringify(material)) +
    mostTokens(jsonSchemaOf(schema)) +
    OVERHEAD_TOKENS +
    videoTokens
  );
}

/**
 * The checked content of a reply. A reply that is not valid gets one request to repair it, which names what is wrong. If that is not
 * valid either, or is not answered, the error has an UnusableAnswer as cause, with what both requests have used.
 */
export async function repairedAnswer<Reply, Content>(
  model: LanguageModel,
  assignment: Assignment<Reply, Content>,
  signal: AbortSignal,
): Promise<Answer<Content>> {
  const { instructions, material, schema, outputLimit, video } = assignment;
  const messages: Message[] = [{ role: 'user', content: JSON.stringify(material), ...(video ? { video } : {}) }];
  const first = await model.ask({ instructions, messages, outputLimit, schema }, signal);
  const read = contentOf(first, assignment);
  if ('value' in read) return { content: read.value, model: first.model, usage: first.usage };
  const again = [...messages, ...repairOf(first, read.faults)];
  const repair = { instructions, messages: again, outputLimit, schema };
  const second = await afterUnusable(first, signal, () => model.ask(repair, signal));
  const usage = sumOf(first.usage, second.usage);
  const repaired = contentOf(second, assignment);
  if ('value' in repaired) return { content: repaired.value, model: second.model, usage };
  const { service } = model.service.settings;
  throw new AppError(
    `${service}_API_ERROR`,
    `${SERVICE_NAMES[service]} gave no usable answer, also not at a second request.`,
    {
      cause: new UnusableAnswer(second.model, usage, repaired.faults.join(' ')),
    },
  );
}

function contentOf<Reply, Content>(reply: ModelReply, { schema, check }: Assignment<Reply, Content>): Read<Content> {
  const read = readObject(reply.text, schema);
  if ('value' in read) return check(read.value);
  return reply.isCut ? { faults: ['The reply was longer than allowed and ended in the middle: write less.'] } : read;
}

function repairOf({ text }: ModelReply, faults: readonly string[]): Message[] {
  const list = faults.map((fault) => `- ${fault}`).join('\n');
  const request = `This reply cannot be used:\n${list}\nWrite the whole reply again in the same JSON form, with this corrected.`;
  // Services refuse an empty message.
  const quoted = text.trim().slice(0, LONGEST_QUOTED).toWellFormed() || '{}';
  return [
    { role: 'assistant', content: quoted },
    { role: 'user', content: request },
  ];
}

/** An error of the second request, which carries what the first has used. A lost answer is counted at its most anyway. */
async function afterUnusable(
  first: ModelReply,
  signal: AbortSignal,
  ask: () => Promise<ModelReply>,
): Promise<ModelReply> {
  try {
    return await ask();
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof AppError) || thrown.code.endsWith('_TIMEOUT')) throw thrown;
    const { code, message, retriable, retryAfterSeconds } = thrown;
    const refused = thrown.cause instanceof UnusableAnswer ? thrown.cause.usage : {};
    const cause = new UnusableAnswer(first.model, sumOf(first.usage, refused), 'the repair of a wrong reply failed');
    throw new AppError(code, message, { cause, retriable, retryAfterSeconds });
  }
}

function sumOf(a: Usage, b: Usage): Usage {
  return {
    ...(a.inputTokens === undefined && b.inputTokens === undefined
      ? {}
      : { inputTokens: (a.inputTokens ?? 0) + (b.inputTokens ?? 0) }),
    ...(a.outputTokens === undefined && b.outputTokens === undefined
      ? {}
      : { outputTokens: (a.outputTokens ?? 0) + (b.outputTokens ?? 0) }),
  };
}
