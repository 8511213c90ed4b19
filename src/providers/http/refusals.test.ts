import { describe, expect, it } from 'vitest';
import { refusalError } from './refusals.ts';

const refused = (code: string | number) =>
  refusalError('GROQ', { status: 400, headers: {}, body: JSON.stringify({ error: { code } }) });

describe('The sentence of a refusal', () => {
  it.each(['model_not_found', 'invalid-request', 1_234])('has the reason of the service: %s', (code) => {
    expect(refused(code).message).toContain(`(400, ${code})`);
  });

  it.each(['gsk_a1b2c3d4e5f6a7b8', '4711-my-own-key', 'x'.repeat(61)])(
    'has no reason that may be a key: %s',
    (code) => {
      expect(refused(code).message).toContain('(400)');
      expect(refused(code).message).not.toContain(code);
    },
  );
});
