import { GraphQLError, Kind } from 'graphql';
import { z } from 'zod';

/** Codes that Apollo Server and our own transport give to what never reached a resolver. */
const REQUEST_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
]);

/**
 * Whether the request itself is wrong: its syntax, a field that is not there, a value that does not fit. Such errors are
 * GraphQL's own. So are those of a value of ours that does not fit the schema, which are our fault: they always stand at a
 * field of the answer, those of the request at a part of the document.
 */
export function isRequestFault(thrown: unknown, code: unknown): boolean {
  if (!(thrown instanceof GraphQLError)) return false;
  if (thrown.path) return isBadArgument(thrown);
  return REQUEST_CODES.has(code) || code === undefined || isRefusedByApollo(thrown);
}

const httpStatus = z.object({ status: z.int().min(400).max(499) });

/** Apollo's refusals of persisted queries have no code, only the status that it answers with. */
function isRefusedByApollo({ extensions, originalError }: GraphQLError): boolean {
  return !originalError && httpStatus.safeParse(extensions['http']).success;
}

/** An argument that was only wrong once its variable had a value, e.g. null for one with a default. */
function isBadArgument({ originalError }: GraphQLError): boolean {
  const [node] = (originalError instanceof GraphQLError && originalError.nodes) || [];
  return node !== undefined && node.kind !== Kind.FIELD;
}
