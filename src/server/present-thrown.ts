import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '../monitoring/logger.ts';
import type { FormatError } from './ports.ts';

/** Anything that was thrown outside of an operation, as the client may see it. */
export function presentThrown(
  thrown: unknown,
  { formatError, ...about }: { readonly formatError: FormatError; readonly traceId: string; readonly logger: Logger },
): GraphQLFormattedError {
  if (thrown instanceof GraphQLError) return formatError(thrown.toJSON(), thrown, about);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return formatError({ message }, thrown, about);
}
