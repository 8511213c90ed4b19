import { beforeAll } from 'vitest';
import { claude } from '../../fakes/claude.ts';
import { elevenlabs } from '../../fakes/elevenlabs.ts';
import { FakeService, type ReceivedRequest } from '../../fakes/fake-service.ts';
import { groqText } from '../../fakes/groq-text.ts';
import { stability } from '../../fakes/stability.ts';
import type { Client } from '../../helpers/client.ts';
import { useApp } from '../../helpers/fixtures.ts';
import {
  GenerateImageDocument,
  type GenerateImageMutationVariables,
  GenerateSpeechDocument,
  type GenerateSpeechMutationVariables,
  GenerateTextDocument,
  type GenerateTextMutationVariables,
  QuotasDocument,
} from '../../helpers/generated/documents.ts';
import type { Settings } from '../../helpers/installation.ts';
import { TEST_KEY } from '../../providers/services/adapter-contract.ts';

/** What a fake writer writes: the prompt after its name. */
const writing = (name: string) => (asked: { readonly messages: readonly { readonly text: string }[] }) =>
  `${name}: ${asked.messages.at(-1)?.text}`;

/** An application with services for texts (Claude before Groq), pictures and voices. */
export function useServices({
  generationWaitMs,
  settings,
}: {
  readonly generationWaitMs?: number;
  readonly settings?: Settings;
} = {}) {
  let fakes: Readonly<Record<'claude' | 'groq' | 'stability' | 'elevenlabs', FakeService>> | undefined;
  const fake = (name: 'claude' | 'groq' | 'stability' | 'elevenlabs'): FakeService => {
    if (fakes === undefined) throw new Error('The fakes are started before the tests.');
    return fakes[name];
  };
  beforeAll(async () => {
    const started = {
      claude: await FakeService.start(claude(writing('claude'), TEST_KEY)),
      groq: await FakeService.start(groqText(writing('groq'), TEST_KEY)),
      stability: await FakeService.start(stability),
      elevenlabs: await FakeService.start(elevenlabs),
    };
    fakes = started;
    return async () => {
      await Promise.all(Object.values(started).map((one) => one.close()));
    };
  });
  const app = useApp(() => ({
    ...(generationWaitMs === undefined ? {} : { generationWaitMs }),
    settings: {
      // The first call loads an SDK, which blocks the process of tests for seconds.
      LEASE_SECONDS: '20',
      // A test that fails may leave a request that is never answered.
      STOP_GRACE_SECONDS: '2',
      CLAUDE_API_KEY: TEST_KEY,
      CLAUDE_BASE_URL: `${fake('claude').url}/v1`,
      CLAUDE_PRIORITY: '90',
      GROQ_API_KEY: TEST_KEY,
      GROQ_BASE_URL: `${fake('groq').url}/openai/v1`,
      STABILITY_API_KEY: TEST_KEY,
      STABILITY_BASE_URL: fake('stability').url,
      ELEVENLABS_API_KEY: TEST_KEY,
      ELEVENLABS_BASE_URL: fake('elevenlabs').url,
      ...settings,
    },
  }));
  return { app, fake };
}

type Keyed = { readonly key?: string };

/** What the mutation answers. */
export async function generateText(client: Client, input: GenerateTextMutationVariables['input'], { key }: Keyed = {}) {
  const { generateText: payload } = await client.ask(GenerateTextDocument, { input, ...(key ? { key } : {}) });
  return { generation: payload?.generation, userErrors: payload?.userErrors ?? [] };
}

export async function generateImage(
  client: Client,
  input: GenerateImageMutationVariables['input'],
  { key }: Keyed = {},
) {
  const { generateImage: payload } = await client.ask(GenerateImageDocument, { input, ...(key ? { key } : {}) });
  return { generation: payload?.generation, userErrors: payload?.userErrors ?? [] };
}

export async function generateSpeech(
  client: Client,
  input: GenerateSpeechMutationVariables['input'],
  { key }: Keyed = {},
) {
  const { generateSpeech: payload } = await client.ask(GenerateSpeechDocument, { input, ...(key ? { key } : {}) });
  return { generation: payload?.generation, userErrors: payload?.userErrors ?? [] };
}

/** Of the day. */
export async function quotaOf(client: Client, type: 'TEXT' | 'IMAGE' | 'AUDIO') {
  const { quotas } = await client.ask(QuotasDocument, {});
  const quota = quotas?.find((one) => one.type === type && one.period === 'DAILY');
  return [quota?.used, quota?.reserved];
}

/** A handler that answers only once it is released, with what `then` answers. */
export function held(then: (request: ReceivedRequest) => ReturnType<Parameters<FakeService['handleWith']>[0]>) {
  const gate = Promise.withResolvers<void>();
  return {
    handler: async (request: ReceivedRequest) => {
      await gate.promise;
      return await then(request);
    },
    release: () => gate.resolve(),
  };
}
