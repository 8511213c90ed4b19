import { type ExecutionResult, GraphQLError } from 'graphql';

/** The same error with a code, where it has none; codes as Apollo gives them, so that errors leave alike on every transport. */
export function withCode(error: GraphQLError, code: string): GraphQLError {
  if (error.extensions['code'] !== undefined) return error;
  const { nodes = null, source = null, positions = null, path = null, originalError = null } = error;
  const extensions = { ...error.extensions, code };
  return new GraphQLError(error.message, { nodes, source, positions, path, originalError, extensions });
}

/**
 * A result without data never reached a resolver (GraphQL §7.1.2): an error that nothing has thrown is a fault of the request
 * itself, and gets the code BAD_USER_INPUT.
 */
export function codeRequestErrors(result: ExecutionResult): ExecutionResult {
  if (result.data !== undefined || !result.errors) return result;
  return {
    ...result,
    errors: result.errors.map((error) => (error.originalError ? error : withCode(error, 'BAD_USER_INPUT'))),
  };
}
