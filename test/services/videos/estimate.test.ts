import { describe, expect, it } from 'vitest';
import { AnswerErrors } from '../../helpers/client.ts';
import { useApp } from '../../helpers/fixtures.ts';
import { EstimateDocument, QuotasDocument } from '../../helpers/generated/documents.ts';

const app = useApp({ worker: false });
const SENTENCE = 'Honey bees tell each other where flowers are by dancing on the comb. ';

describe('An estimate of a video', () => {
  it('by the built-in providers costs nothing, and says how long it will be and take', async () => {
    const ann = await app.signedIn('ann');
    const { estimateVideo } = await ann.ask(EstimateDocument, {
      input: { script: SENTENCE.repeat(10), language: 'en' },
    });
    expect(estimateVideo).toMatchObject({
      cost: '0.0000',
      currency: 'USD',
      quotaSufficient: true,
      lines: [
        { stage: 'SCRIPT', provider: 'local', unit: 'calls', units: 1, cost: '0.0000' },
        { stage: 'SPEECH', provider: 'local', unit: 'calls', cost: '0.0000' },
        { stage: 'VISUALS', provider: 'local', unit: 'pictures', cost: '0.0000' },
        { stage: 'ANALYSIS', provider: 'local', unit: 'calls', units: 1, cost: '0.0000' },
      ],
    });
    // 130 words: about 45 s when read aloud.
    expect(estimateVideo?.durationSeconds).toBeGreaterThan(35);
    expect(estimateVideo?.durationSeconds).toBeLessThan(60);
    expect(estimateVideo?.processingSeconds).toBeGreaterThan(3);
  });

  it('reserves nothing', async () => {
    const bob = await app.signedIn('bob');
    await bob.ask(EstimateDocument, { input: { script: SENTENCE, language: 'en' } });
    const { quotas } = await bob.ask(QuotasDocument, {});
    expect(quotas?.every(({ reserved, used }) => reserved + used === 0)).toBe(true);
  });

  it('of an input that createVideo refuses is refused for the same reason', async () => {
    const cat = await app.signedIn('cat');
    const estimate = (input: object) =>
      cat.ask(EstimateDocument, { input }).then(
        () => expect.fail('it was accepted'),
        (thrown: unknown) => thrown,
      );
    const silent = await estimate({ script: '🎉', language: 'en' });
    expect(silent).toBeInstanceOf(AnswerErrors);
    expect(String(silent)).toContain('BAD_USER_INPUT');
    expect(String(await estimate({ topic: 'bees' }))).toContain('OPENAI_API_KEY');
    expect(String(await estimate({}))).toContain('Give exactly one of topic, script, article and scenes');
  });
});
