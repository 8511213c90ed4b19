import { UserFaultError } from './user-fault.ts';

/** Characters of the prompt of a test call. */
export const MAX_TEST_PROMPT = 500;

/** Undefined for a prompt that says nothing. Throws TOO_LONG. */
export function testPrompt(prompt: string | undefined): string | undefined {
  const text = prompt?.trim() ?? '';
  if (text.length > MAX_TEST_PROMPT)
    throw new UserFaultError({
      code: 'TOO_LONG',
      message: `The prompt may have at most ${MAX_TEST_PROMPT} characters.`,
      field: ['prompt'],
    });
  return text === '' ? undefined : text;
}
