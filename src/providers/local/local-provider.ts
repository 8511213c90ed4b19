import type { AppError } from '../../errors.ts';
import type { ContentProvider } from '../provider.ts';

export interface LocalProviderParts<Request, Content> {
  readonly models: readonly [string, ...string[]];
  readonly call: (request: Request, signal: AbortSignal) => Promise<Content>;
  readonly unsuitable?: (request: Request) => AppError | undefined;
}

/** A built-in provider: it costs nothing, is tried after all others, and has limits of its own. */
export function localProvider<Request, Content>({
  models,
  call,
  unsuitable = () => undefined,
}: LocalProviderParts<Request, Content>): ContentProvider<Request, Content> {
  return {
    name: 'local',
    service: 'LOCAL',
    models,
    paid: false,
    priority: 0,
    concurrency: Number.POSITIVE_INFINITY,
    unsuitable,
    mostUsage: () => ({}),
    call: async (request, { signal }) => ({ content: await call(request, signal), model: models[0], usage: {} }),
  };
}
