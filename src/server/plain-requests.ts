import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { CoercedVariables, type Plan } from '../execution/plan.ts';
import type { Operations } from './operations.ts';
import type { CreateContext } from './ports.ts';
import { factsOf } from './request-facts.ts';

/** Everything that a plain request says. */
interface PlainBody {
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

const PARAMETERS: ReadonlySet<string> = new Set(['query', 'operationName', 'variables']);
/** With these Apollo, too, answers as application/json. */
const ACCEPTED: ReadonlySet<string | undefined> = new Set([undefined, '*/*', 'application/json']);

export interface PlainRequestsOptions {
  readonly operations: Operations;
  readonly createContext: CreateContext;
}

/**
 * Requests at which Apollo has nothing left to decide: a POST of JSON (which no form can forge), asking for JSON, with an
 * operation that is known to be good and variables that fit it. They are answered here, byte for byte as Apollo would; its
 * own way to the executor costs more than most operations. Anything else is left to Apollo, before anything has been run.
 */
export class PlainRequests {
  readonly #options: PlainRequestsOptions;

  constructor(options: PlainRequestsOptions) {
    this.#options = options;
  }

  /** Null where the request is Apollo's. */
  answer(request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply> | null {
    if (request.method !== 'POST' || !ACCEPTED.has(request.headers.accept)) return null;
    const body = plainBody(request.body);
    const plan = body && this.#options.operations.known(body);
    if (!plan || plan.type === 'subscription') return null;
    const variables = plan.coerce(body.variables);
    return variables instanceof CoercedVariables ? this.#run(request, reply, plan, variables) : null;
  }

  #run(
    request: FastifyRequest,
    reply: FastifyReply,
    plan: Plan,
    variables: CoercedVariables,
  ): FastifyReply | Promise<FastifyReply> {
    const { operations, createContext } = this.#options;
    const send = (result: ExecutionResult) =>
      reply
        .header('content-type', 'application/json; charset=utf-8')
        .send(`${JSON.stringify(result.errors ? operations.present(result, request.id) : result)}\n`);
    const result = operations.run(plan, variables, createContext(factsOf(request)));
    return result instanceof Promise ? result.then(send) : send(result);
  }
}

function plainBody(body: unknown): PlainBody | null {
  if (!isRecord(body)) return null;
  for (const name in body) if (!PARAMETERS.has(name)) return null;
  const { query, operationName, variables } = body;
  if (typeof query !== 'string') return null;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return null;
  if (variables !== undefined && variables !== null && !isRecord(variables)) return null;
  return { query, operationName, variables };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
