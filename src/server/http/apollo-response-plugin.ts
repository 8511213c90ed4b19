import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { codeOf, STATUS_OF } from '../failures.ts';

/**
 * What Apollo's answers need beyond what Apollo knows: the status of a refused operation, the status of request errors for older
 * clients, and Retry-After.
 */
export const apolloResponsePlugin: ApolloServerPlugin<object> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response, errors }) => {
      const { http, body } = response;
      const result = body.kind === 'single' ? body.singleResult : undefined;
      const [refusal] = result && !('data' in result) ? (result.errors ?? []) : [];
      // Apollo gives 500 to every operation that was refused with an error.
      if (refusal && http.status === 500) {
        const code = codeOf(refusal);
        http.status = STATUS_OF[code];
        if (code === 'UNAUTHENTICATED') http.headers.set('www-authenticate', 'Bearer');
      }
      const isRequestError = http.status === 400 && errors?.every(({ locations }) => locations !== undefined) === true;
      if (isRequestError && isOlderClient(request.http?.headers.get('accept'))) http.status = 200;
      const seconds = retryAfterOf(result?.errors);
      if (seconds !== null) http.headers.set('retry-after', String(seconds));
    },
  }),
};

/**
 * GraphQL over HTTP, draft of 2025, §6.4.1: a client that accepts application/json, and not application/graphql-response+json,
 * may take any other status than 200 for an answer that is not GraphQL's, and not show the errors in it. Parse, validation and
 * coercion errors have a place in the document; other faults of a request have none and keep their status.
 */
export function isOlderClient(accept: string | undefined): boolean {
  const types = accept?.split(',').map((range) => range.split(';', 1)[0]?.trim().toLowerCase()) ?? [];
  return types.includes('application/json') && !types.includes('application/graphql-response+json');
}

/** The longest wait that any of the errors asks for, in seconds; null where none does. */
export function retryAfterOf(errors: readonly GraphQLFormattedError[] | undefined): number | null {
  const waits = errors
    ?.map(({ extensions }) => extensions?.['retryAfterSeconds'])
    .filter((wait) => typeof wait === 'number');
  return waits && waits.length > 0 ? Math.max(...waits) : null;
}
