import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moneyOf } from '../../../src/money.ts';
import { claude } from '../../fakes/claude.ts';
import { FakeService } from '../../fakes/fake-service.ts';
import { ID, predictionOf, replicate, succeeded } from '../../fakes/replicate.ts';
import { adminAt } from '../../helpers/admin.ts';
import type { Client } from '../../helpers/client.ts';
import { useProcesses } from '../../helpers/fixtures.ts';
import {
  GenerateImageDocument,
  GenerateTextDocument,
  GenerationChangedDocument,
  GenerationListDocument,
} from '../../helpers/generated/documents.ts';
import type { SpawnedApp } from '../../helpers/processes.ts';
import { until } from '../../helpers/until.ts';
import { TEST_KEY } from '../../providers/services/adapter-contract.ts';

/* API and worker are separate processes: the API learns through Redis and PostgreSQL what becomes of a generation. */

const SLOW = 120_000;
let writer: FakeService;
let painter: FakeService;
beforeAll(async () => {
  writer = await FakeService.start(claude(({ messages }) => `claude: ${messages.at(-1)?.text}`, TEST_KEY));
  painter = await FakeService.start(replicate);
  return async () => {
    await Promise.all([writer.close(), painter.close()]);
  };
});
const processes = useProcesses(() => ({
  CLAUDE_API_KEY: TEST_KEY,
  CLAUDE_BASE_URL: `${writer.url}/v1`,
  REPLICATE_API_KEY: TEST_KEY,
  REPLICATE_BASE_URL: `${painter.url}/v1`,
}));
let ann: Client;
beforeAll(async () => {
  const api = await processes.start('serve');
  ann = await adminAt(api.url, processes.installation);
}, SLOW);

let worker: SpawnedApp;
beforeEach(async () => {
  worker = await processes.start('worker');
}, SLOW);
afterEach(async () => {
  await worker.kill('SIGKILL');
}, SLOW);

const newest = async () => (await ann.ask(GenerationListDocument, { first: 1 })).generations?.nodes[0]?.id ?? '';
const killed = async () => expect(await worker.kill('SIGKILL')).toBe('SIGKILL');

describe('A worker that is killed right after it has sent a request', () => {
  it(
    'leaves a text UNCERTAIN, which is not sent again and shows what it may have cost',
    async () => {
      const before = writer.requests.length;
      writer.replyWith('hang');
      const answer = ann.ask(GenerateTextDocument, { input: { prompt: 'Bees 蜜蜂 🐝' } });
      await until('the service is asked', () => writer.requests.length > before);
      const watch = ann.watch(GenerationChangedDocument, { id: await newest() });
      await watch.sees(({ generationChanged }) => generationChanged.attempts.length === 1);
      await killed();
      worker = await processes.start('worker');
      const { generateText } = await answer;
      expect(generateText?.generation).toMatchObject({
        status: 'UNCERTAIN',
        errorCode: 'ANSWER_LOST',
        text: null,
        attempts: [{ provider: 'claude', status: 'UNCERTAIN' }],
      });
      expect(moneyOf(generateText?.generation?.cost ?? '')).toBeGreaterThan(0);
      expect((await watch.whole()).at(-1)?.generationChanged.status).toBe('UNCERTAIN');
      expect(writer.requests.length - before).toBe(1);
    },
    SLOW,
  );

  it(
    'has it sent again by the next one where LOST_ANSWERS is resend',
    async () => {
      const before = writer.requests.length;
      writer.replyWith('hang');
      const answer = ann.ask(GenerateTextDocument, { input: { prompt: 'Again' } });
      await until('the service is asked', () => writer.requests.length > before);
      await killed();
      worker = await processes.start('worker', { settings: { LOST_ANSWERS: 'resend' } });
      const { generateText } = await answer;
      expect(generateText?.generation).toMatchObject({
        status: 'COMPLETED',
        text: 'claude: Again',
        attempts: [{ status: 'UNCERTAIN' }, { status: 'COMPLETED' }],
      });
      expect(writer.requests.length - before).toBe(2);
    },
    SLOW,
  );

  it(
    'has the running task of a picture found again, and not started anew',
    async () => {
      const isStart = ({ path, method }: { path: string; method: string }) =>
        method === 'POST' && path === '/v1/predictions';
      let isDone = false;
      painter.handleWith((request) => {
        if (request.path !== `/v1/predictions/${ID}`) return replicate(request);
        return { body: isDone ? succeeded(request) : predictionOf('processing') };
      });
      const answer = ann.ask(GenerateImageDocument, { input: { prompt: 'A bee', provider: 'replicate' } });
      const polls = () => painter.requests.filter(({ path }) => path === `/v1/predictions/${ID}`).length;
      await until('the task is polled', () => polls() > 0);
      await killed();
      isDone = true;
      worker = await processes.start('worker');
      const { generateImage } = await answer;
      expect(generateImage?.generation).toMatchObject({
        status: 'COMPLETED',
        provider: 'replicate',
        attempts: [{ provider: 'replicate', status: 'COMPLETED' }],
      });
      expect((await fetch(generateImage?.generation?.resultUrl ?? '')).status).toBe(200);
      expect(painter.requests.filter(isStart)).toHaveLength(1);
    },
    SLOW,
  );
});
