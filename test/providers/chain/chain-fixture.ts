import { z } from 'zod';
import { AppError, type ErrorCode } from '../../../src/errors.ts';
import { Chain } from '../../../src/providers/chain.ts';
import type { GenerationRequest, Ledger, OpenedGeneration } from '../../../src/providers/ledger.ts';
import type { CallContext, ContentProvider, Usage } from '../../../src/providers/provider.ts';
import type { CallEnd } from '../../../src/providers/provider-calls.ts';
import type { Admission, ProviderStates } from '../../../src/providers/provider-states.ts';

export interface Line {
  readonly text: string;
}
type Behaviour = (request: Line, context: CallContext) => Promise<string>;

export const storedSchema = z.object({ size: z.number() });
export const OPEN: Extract<OpenedGeneration, { readonly state: 'OPEN' }> = { state: 'OPEN', id: 'g1', lostBy: [] };
export const fails =
  (code: ErrorCode, options: object = {}) =>
  () =>
    Promise.reject(new AppError(code, 'No.', options));

/** A provider that takes a ten-thousandth of a dollar for each character, and may reserve ten. */
export function provider(name: string, behaviour: Behaviour, given: Partial<ContentProvider<Line, string>> = {}) {
  const made: ContentProvider<Line, string> = {
    name,
    service: 'OPENAI',
    models: [`${name}-1`],
    paid: true,
    priority: 0,
    concurrency: 4,
    unsuitable: () => undefined,
    mostUsage: () => ({ characters: 10 }),
    call: async (request, context) => ({
      content: await behaviour(request, context),
      model: `${name}-1`,
      usage: { characters: request.text.length },
    }),
    ...given,
  };
  return made;
}

/** A chain with a ledger that notes all events in order. */
export function chainOf(
  providers: readonly ContentProvider<Line, string>[],
  {
    opened = OPEN,
    refusing,
    held = {},
    cached = null,
    copy = async (stored) => stored,
    offersRejected = false,
  }: {
    opened?: OpenedGeneration;
    refusing?: { at: keyof Ledger; code: ErrorCode };
    held?: Readonly<Record<string, Admission>>;
    /** What is stored for an equal request of another video. */
    cached?: object | null;
    copy?: (stored: { size: number }) => Promise<{ size: number } | null>;
    offersRejected?: boolean;
  } = {},
) {
  const notes: string[] = [];
  const health: string[] = [];
  const failovers: string[] = [];
  const requests: GenerationRequest[] = [];
  const cacheKeys: string[] = [];
  const calls: string[] = [];
  let attempts = 0;
  const note = (at: keyof Ledger, line: string) => {
    notes.push(line);
    if (refusing?.at === at) throw new AppError(refusing.code, 'Refused.');
  };
  const ledger: Ledger = {
    open: async (request) => {
      requests.push(request);
      note('open', 'open');
      return opened;
    },
    ensureBudget: async (calls) =>
      note('ensureBudget', calls.map(({ sceneId, provider, mostCost }) => `${sceneId} ${provider} ${mostCost}`).join()),
    send: async (attempt) => {
      note('send', `send ${attempt.provider} ${attempt.model} ${attempt.mostCost}`);
      return `a${++attempts}`;
    },
    started: async (id, startedId) => note('started', `started ${id} ${startedId}`),
    settle: async (id, { provider, cost, stored }) =>
      note('settle', `settle ${id} ${provider} ${cost} ${JSON.stringify(stored)}`),
    fail: async (id, { state, code, cost }) => note('fail', `${state} ${id} ${code} ${cost}`),
    findCached: async (_id, cacheKey) => {
      cacheKeys.push(cacheKey);
      return cached;
    },
    settleCached: async (id, { provider, model, stored }) =>
      note('settleCached', `cached ${id} ${provider} ${model} ${JSON.stringify(stored)}`),
  };
  const states: ProviderStates = {
    isEnabled: async (name) => {
      const admission = held[name];
      return admission === undefined || admission.admitted || admission.because !== 'DISABLED';
    },
    admit: async (name) => held[name] ?? { admitted: true },
    succeeded: async (name) => void health.push(`${name} works`),
    failed: async (name, code) => void health.push(`${name} failed: ${code}`),
  };
  const costOf = (_provider: string, _model: string, { characters = 0 }: Usage) => characters;
  const describe = ({ text }: Line) => ({ stage: 'SPEECH', type: 'AUDIO', prompt: text, parameters: {} }) as const;
  const metrics = {
    callEnded: ({ provider: name, model, type, status }: CallEnd) =>
      void calls.push(`${name} ${model} ${type} ${status}`),
  };
  const chain = new Chain(providers, { ledger, states, costOf, metrics, offersRejected }, describe);
  const say = (
    text: string,
    signal = new AbortController().signal,
    store?: (answer: string) => Promise<{ size: number }>,
  ) =>
    chain.call(
      { text },
      {
        sceneId: 'one',
        signal,
        storedSchema,
        onFailover: async ({ provider, next }) => void failovers.push(`${provider} → ${next}`),
        store: store ?? (async (answer) => ({ size: answer.length })),
        copy,
      },
    );
  return { chain, say, notes, requests, health, failovers, cacheKeys, calls };
}

export const answers = (name: string) => provider(name, async ({ text }) => text);
