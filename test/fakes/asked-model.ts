import { expect } from 'vitest';
import { z } from 'zod';
import type { ReceivedRequest } from './fake-service.ts';

/** What a fake service was asked, in the words of every service alike. */
export interface Asked {
  readonly instructions: string | undefined;
  readonly messages: readonly { readonly role: string; readonly text: string; readonly video?: Buffer }[];
  readonly hasSchema: boolean;
  readonly outputLimit: number;
  readonly model: string;
}

/** What the model of a fake service writes. */
export type Writes = (asked: Asked) => string;

/** Tokens that every fake reply counts. */
export const USED = { inputTokens: 1_200, outputTokens: 340 };

export const textPart = z.strictObject({ type: z.literal('text'), text: z.string().min(1) });
export const chatMessage = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().min(1),
});
export const chatSchema = z.strictObject({
  type: z.literal('json_schema'),
  json_schema: z.strictObject({
    name: z.string().regex(/^[\w-]{1,64}$/),
    strict: z.literal(true),
    schema: z.looseObject({ type: z.literal('object') }),
  }),
});

/** A reply of a Chat Completions API. */
export function chatCompletion(text: string, model: string, finishReason = 'stop'): object {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_795_996_800,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: finishReason }],
    usage: {
      prompt_tokens: USED.inputTokens,
      completion_tokens: USED.outputTokens,
      total_tokens: USED.inputTokens + USED.outputTokens,
    },
  };
}

export function askedInChat(
  messages: readonly z.infer<typeof chatMessage>[],
): Pick<Asked, 'instructions' | 'messages'> {
  return {
    instructions: messages.find(({ role }) => role === 'system')?.content,
    messages: messages.filter(({ role }) => role !== 'system').map(({ role, content }) => ({ role, text: content })),
  };
}

/** Fails unless the request is a POST of JSON to this path. */
export function expectPost(request: ReceivedRequest, path: string): void {
  expect(request).toMatchObject({ method: 'POST', path });
  expect(request.headers['content-type']).toBe('application/json');
}

/** A schema that strict modes take: all properties are required and no others allowed, and no limits of lengths. */
export function expectStrictSchema(schema: unknown): void {
  const node = z
    .strictObject({
      $schema: z.string().optional(),
      type: z.string(),
      properties: z.record(z.string(), z.unknown()).optional(),
      required: z.array(z.string()).optional(),
      additionalProperties: z.literal(false).optional(),
      items: z.unknown().optional(),
    })
    .parse(schema);
  if (node.type === 'object') {
    expect(node.additionalProperties).toBe(false);
    expect(node.required?.toSorted()).toEqual(Object.keys(node.properties ?? {}).toSorted());
    Object.values(node.properties ?? {}).forEach(expectStrictSchema);
  }
  if (node.items !== undefined) expectStrictSchema(node.items);
}
