import { GraphQLError, Kind } from 'graphql';
import { z } from 'zod';

/** Codes that Apollo Server and our own transport use for requests that never reached a resolver. */
const REQUEST_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
]);

/**
 * Whether the request itself is wrong: its syntax, an unknown field, a value of the wrong type. GraphQL itself throws such
 * errors. It also throws those of a resolver's value that does not fit the schema, which are faults of the server: these always
 * refer to a field of the answer, those of the request to a part of the document.
 */
export function isRequestFault(thrown: unknown, code: unknown): boolean {
  if (!(thrown instanceof GraphQLError)) return false;
  if (thrown.path) return isBadArgument(thrown);
  return REQUEST_CODES.has(code) || code === undefined || isRefusedByApollo(thrown);
}

const httpStatus = z.object({ status: z.int().min(400).max(499) });

/** Apollo's refusals of persisted queries have no code, only an HTTP status. */
function isRefusedByApollo({ extensions, originalError }: GraphQLError): boolean {
  return !originalError && httpStatus.safeParse(extensions['http']).success;
}

/** An argument that was only wrong once its variable had a value, e.g. null for one with a default. */
function isBadArgument({ originalError }: GraphQLError): boolean {
  const [node] = (originalError instanceof GraphQLError && originalError.nodes) || [];
  return node !== undefined && node.kind !== Kind.FIELD;
}
