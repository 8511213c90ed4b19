import { type ProviderChains, type ProviderPreference, providerChains } from '../../../src/providers/chains.ts';
import type { Ledger } from '../../../src/providers/ledger.ts';
import type { Providers } from '../../../src/providers/ports.ts';
import type { ContentProvider, Usage } from '../../../src/providers/provider.ts';
import { NO_STATES } from '../../../src/providers/provider-states.ts';

export interface TestProviderParts<Request, Content> extends Partial<Omit<ContentProvider<Request, Content>, 'call'>> {
  readonly call: (request: Request, signal: AbortSignal) => Promise<Content>;
}

/** A provider that serves every request; what is not given is free and has no limit. */
export function testProvider<Request, Content>({
  call,
  ...given
}: TestProviderParts<Request, Content>): ContentProvider<Request, Content> {
  const models = given.models ?? ['t1'];
  return {
    name: 'test',
    service: 'LOCAL',
    paid: false,
    priority: 0,
    concurrency: Number.POSITIVE_INFINITY,
    unsuitable: () => undefined,
    mostUsage: () => ({}),
    ...given,
    models,
    call: async (request, { signal }) => ({ content: await call(request, signal), model: models[0] ?? '', usage: {} }),
  };
}

/** Their chains. A ten-thousandth of a dollar is paid for a second of what a provider uses, and nothing else. */
export function chainsOf(
  providers: Providers,
  ledger: Ledger,
  preferred: ProviderPreference = {},
  offersRejected = false,
): ProviderChains {
  const costOf = (_provider: string, _model: string, { seconds = 0 }: Usage) => seconds;
  return providerChains(providers, { ledger, states: NO_STATES, costOf, offersRejected }, preferred);
}
