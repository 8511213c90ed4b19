import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Codes of errors that the transport itself answers, and the HTTP status of each. */
export const STATUS_OF = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  LINK_EXPIRED: 410,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
} as const;
export type FailureCode = keyof typeof STATUS_OF;

/** The body of every refusal, on GraphQL routes and others alike. */
export interface Failure {
  readonly errors: readonly GraphQLFormattedError[];
}

export function failure(code: FailureCode, message: string, traceId: string): Failure {
  return { errors: [{ message, extensions: { code, traceId } }] };
}

/** A request that no resolver could have answered: malformed, too deep, unknown fields. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

export function codeOf(error: GraphQLFormattedError): FailureCode {
  const code = error.extensions?.['code'];
  return isFailureCode(code) ? code : 'INTERNAL_SERVER_ERROR';
}

function isFailureCode(code: unknown): code is FailureCode {
  return typeof code === 'string' && Object.hasOwn(STATUS_OF, code);
}
