import { AppError } from '../errors.ts';
import { SERVICE_NAMES } from './http/refusals.ts';
import type { ContentProvider } from './provider.ts';

/** A user's own key that a provider was made with. */
export interface OwnKey {
  /** False once its owner has removed it, or set another. */
  isCurrent(): Promise<boolean>;
}

/**
 * The same provider, as one that uses a user's own key. It sends no request once the key is removed, but still fetches the result of a
 * task that the key has started. Its errors are for the key's owner, and no operator has to act.
 */
export function withOwnKey<Request extends object, Content>(
  provider: ContentProvider<Request, Content>,
  key: OwnKey,
): ContentProvider<Request, Content> {
  return {
    ...provider,
    ownKey: true,
    async call(request, context) {
      if (context.startedId === undefined && !(await key.isCurrent()))
        throw new AppError('PROVIDER_UNAVAILABLE', `Your own key for ${provider.name} was removed or replaced.`);
      try {
        return await provider.call(request, context);
      } catch (thrown) {
        throw ownersError(provider, thrown);
      }
    },
  };
}

function ownersError({ name, service }: Pick<ContentProvider<object, unknown>, 'name' | 'service'>, thrown: unknown) {
  if (!(thrown instanceof AppError)) return thrown;
  const shown = service === 'LOCAL' ? name : SERVICE_NAMES[service];
  const { code, cause } = thrown;
  if (code.endsWith('_INVALID_API_KEY'))
    return new AppError(code, `${shown} does not accept your own key: set it anew, or remove it.`, { cause });
  if (code.endsWith('_QUOTA_EXCEEDED'))
    return new AppError(code, `Your own account at ${shown} has no credit or quota left.`, { cause });
  return thrown;
}
