import type { FastifyInstance, FastifyRequest } from 'fastify';
import { failure } from '../failures.ts';
import { factsOf } from '../http/request-facts.ts';
import type { OperationRunner } from '../operations/operation-runner.ts';
import type { CreateContext, SlackCommandPort } from '../ports.ts';

export interface SlackCommandRoute {
  readonly command: SlackCommandPort;
  readonly operations: OperationRunner;
  readonly createContext: CreateContext;
}

/** An article of 40,000 characters, the longest message of Slack, of which each takes nine bytes in a form where it is Chinese. */
const MOST_BYTES = 400_000;

/** POST /slack/commands: the slash command of Slack. The signature is the permission; what is not signed is not read. */
export async function serveSlackCommands(app: FastifyInstance, parts: SlackCommandRoute): Promise<void> {
  await app.register(async (scope) => {
    // Forms are taken here alone, and as they came: the signature is that of the bytes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post('/slack/commands', { bodyLimit: MOST_BYTES }, async (request, reply) => {
      const { headers, body } = request;
      const signed = {
        timestamp: textOf(headers['x-slack-request-timestamp']),
        signature: textOf(headers['x-slack-signature']),
        body: body instanceof Uint8Array ? body : new Uint8Array(),
      };
      const answer = await parts.command.answer(signed, runnerOf(request, parts));
      if (answer === null)
        return reply.code(403).send(failure('FORBIDDEN', 'This request is not signed by Slack.', request.id));
      return reply.send(answer);
    });
  });
}

function textOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function runnerOf(
  request: FastifyRequest,
  { operations, createContext }: SlackCommandRoute,
): Parameters<SlackCommandPort['answer']>[1] {
  return async (viewer, query, variables) => {
    const facts = { ...factsOf(request), viewer };
    const caller = { ...facts, refusal: null, context: () => createContext(facts) };
    return await operations.executeOwn({ query, variables }, 'slack', caller);
  };
}
