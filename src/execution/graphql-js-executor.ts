import { type DocumentNode, type ExecutionResult, execute, type OperationDefinitionNode } from 'graphql';
import { ExecutableOperation, type ExecutionInput, type Executor, type ExecutorOptions } from './executor.ts';

/** `execute` of graphql-js behind the port: slower than `PlanExecutor`, and the reference for its answers. */
export class GraphqlJsExecutor implements Executor {
  readonly #options: ExecutorOptions;

  constructor(options: ExecutorOptions) {
    this.#options = options;
  }

  prepare(document: DocumentNode, operation: OperationDefinitionNode): ExecutableOperation {
    return new GraphqlJsOperation({ ...this.#options, document, operation });
  }
}

class GraphqlJsOperation extends ExecutableOperation {
  execute({ variables, rootValue, contextValue }: ExecutionInput): ExecutionResult | Promise<ExecutionResult> {
    return execute({
      schema: this.schema,
      document: this.document,
      operationName: this.name,
      // It coerces again, so it gets what the client gave.
      variableValues: variables.given,
      rootValue,
      contextValue,
    });
  }
}
