import { describe, expect, it } from 'vitest';
import { claude } from '../../fakes/claude.ts';
import type { Transport } from '../../helpers/client.ts';
import {
  GenerationChangedDocument,
  GenerationListDocument,
  PauseQueueDocument,
  ResumeQueueDocument,
} from '../../helpers/generated/documents.ts';
import { until } from '../../helpers/until.ts';
import { TEST_KEY } from '../../providers/services/adapter-contract.ts';
import { generateText, held, quotaOf, useServices } from './generate-setup.ts';

const { app, fake } = useServices({ generationWaitMs: 300, settings: { GENERATION_CONCURRENCY: '2' } });
const writer = claude(({ messages }) => `claude: ${messages.at(-1)?.text}`, TEST_KEY);

describe.each<Transport>(['socket', 'stream'])('What takes longer than a request waits, over a %s,', (transport) => {
  it('comes back PENDING, is shown at once and again when it has ended, and the stream ends then', async () => {
    const bea = await app.signedIn(`bea-${transport}`, 'PREMIUM');
    const { handler, release } = held(writer);
    fake('claude').handleWith(handler);
    const { generation, userErrors } = await generateText(bea, { prompt: '慢 🐢' });
    expect(userErrors).toEqual([]);
    expect(generation).toMatchObject({ status: 'PENDING', text: null, prompt: '慢 🐢' });
    const watch = bea.watch(GenerationChangedDocument, { id: generation?.id ?? '' }, transport);
    const first = await watch.sees(() => true);
    expect(first.generationChanged).toMatchObject({ status: 'PENDING', text: null });
    const sent = await watch.sees(({ generationChanged }) => generationChanged.attempts.length > 0);
    expect(sent.generationChanged).toMatchObject({ status: 'PENDING', attempts: [{ status: 'PENDING' }] });
    expect(await quotaOf(bea, 'TEXT')).toEqual([0, 1]);
    release();
    const all = await watch.whole();
    expect(all.at(-1)?.generationChanged).toMatchObject({ status: 'COMPLETED', text: 'claude: 慢 🐢' });
    fake('claude').handleWith(writer);
    const again = await bea.watch(GenerationChangedDocument, { id: generation?.id ?? '' }, transport).whole();
    expect(again).toMatchObject([{ generationChanged: { status: 'COMPLETED' } }]);
  });
});

describe('A request', () => {
  it('whose client leaves is made all the same', async () => {
    const cat = await app.signedIn('cat', 'PREMIUM');
    const { handler, release } = held(writer);
    fake('claude').handleWith(handler);
    const before = fake('claude').requests.length;
    const leaving = new AbortController();
    const query = 'mutation { generateText(input: { prompt: "Alone" }) { generation { id } } }';
    const sent = fetch(`${cat.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${cat.token}` },
      body: JSON.stringify({ query }),
      signal: leaving.signal,
    });
    await until('the service is asked', () => fake('claude').requests.length > before);
    leaving.abort();
    await expect(sent).rejects.toThrow();
    release();
    const list = async () => (await cat.ask(GenerationListDocument, {})).generations?.nodes ?? [];
    await until('it is made', async () => (await quotaOf(cat, 'TEXT'))[0] === 1);
    expect(await list()).toMatchObject([{ prompt: 'Alone' }]);
    fake('claude').handleWith(writer);
  });

  it('waits while its worker makes as many as GENERATION_CONCURRENCY allows', async () => {
    const eve = await app.signedIn('eve', 'PREMIUM');
    const { handler, release } = held(writer);
    fake('claude').handleWith(handler);
    const before = fake('claude').requests.length;
    const all = await Promise.all(['1', '2', '3'].map((prompt) => generateText(eve, { prompt })));
    expect(all.map(({ generation }) => generation?.status)).toEqual(['PENDING', 'PENDING', 'PENDING']);
    await until('two are sent', () => fake('claude').requests.length === before + 2);
    expect((await generateText(eve, { prompt: '4' })).generation?.status).toBe('PENDING');
    expect(fake('claude').requests.length).toBe(before + 2);
    release();
    await until('all are made', async () => (await quotaOf(eve, 'TEXT'))[0] === 4);
    fake('claude').handleWith(writer);
  });

  it('waits in a paused queue, and is made when that is resumed', async () => {
    const dee = await app.signedIn('dee', 'PREMIUM');
    const boss = await app.signedIn('boss', 'SUPER_ADMIN');
    await boss.ask(PauseQueueDocument, { queue: 'AI' });
    const before = fake('claude').requests.length;
    const { generation } = await generateText(dee, { prompt: 'Later' });
    expect(generation).toMatchObject({ status: 'PENDING', provider: '', attempts: [] });
    expect(fake('claude').requests.length).toBe(before);
    const watch = dee.watch(GenerationChangedDocument, { id: generation?.id ?? '' });
    await watch.sees(() => true);
    await boss.ask(ResumeQueueDocument, { queue: 'AI' });
    expect((await watch.whole()).at(-1)?.generationChanged).toMatchObject({ text: 'claude: Later' });
  });
});
