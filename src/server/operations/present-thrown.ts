import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '../../monitoring/logger.ts';
import type { FormatError } from '../ports.ts';

export interface Presenting {
  readonly formatError: FormatError;
  readonly traceId: string;
  readonly logger: Logger;
}

/** Anything that was thrown outside of an operation, as the client may see it. Never throws. */
export function presentThrown(thrown: unknown, { formatError, ...about }: Presenting): GraphQLFormattedError {
  try {
    if (thrown instanceof GraphQLError) return formatError(thrown.toJSON(), thrown, about);
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return formatError({ message }, thrown, about);
  } catch (fault) {
    const { traceId, logger } = about;
    logger.error({ err: fault, thrown, trace_id: traceId }, 'An error could not be formatted.');
    const extensions = { code: 'INTERNAL_SERVER_ERROR', traceId };
    return { message: 'Something went wrong on our side.', extensions };
  }
}
