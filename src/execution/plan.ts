import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLObjectType,
  locatedError,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import {
  type CoercedVariables,
  ExecutableOperation,
  type ExecutableOperationOptions,
  type ExecutionInput,
  type Executor,
  type ExecutorOptions,
} from './executor.ts';
import { isPromise, Run } from './run.ts';
import { Variant } from './variant.ts';

/** Combinations of @skip and @include whose plan is kept for one operation; others are planned for each execution. */
const MAX_VARIANTS = 16;

/** Executes operations as plans: what depends on the document alone is worked out once. */
export class PlanExecutor implements Executor {
  readonly #options: ExecutorOptions;

  constructor(options: ExecutorOptions) {
    this.#options = options;
  }

  prepare(document: DocumentNode, operation: OperationDefinitionNode): Plan {
    return new Plan({ ...this.#options, document, operation });
  }
}

/** One operation as a plan. It answers what `execute` of graphql-js answers: the same data, the same errors in the same order. */
export class Plan extends ExecutableOperation {
  /** Names of the variables that @skip and @include use. */
  readonly #conditions: readonly string[];
  readonly #variants = new Map<string, Variant>();

  constructor(options: ExecutableOperationOptions) {
    super(options);
    this.#conditions = conditionsOf(options.document);
  }

  execute({ variables, rootValue, contextValue }: ExecutionInput): ExecutionResult | Promise<ExecutionResult> {
    const run = new Run({
      schema: this.schema,
      fragments: this.fragments,
      operation: this.operation,
      variables: variables.values,
      rootValue,
      contextValue,
    });
    const failed = (thrown: unknown) => {
      // An error that no nullable field has caught makes the whole answer null.
      run.recordError(thrown instanceof GraphQLError ? thrown : locatedError(thrown, undefined), undefined);
      return resultOf(run, null);
    };
    try {
      const data = this.#execute(run);
      return isPromise(data) ? data.then((settled) => resultOf(run, settled), failed) : resultOf(run, data);
    } catch (thrown) {
      return failed(thrown);
    }
  }

  #execute(run: Run): Data | Promise<Data> {
    const plan = this.#variantFor(run.variables).rootPlan(run, this.#rootType());
    return this.type === 'mutation'
      ? plan.executeSerially(run, run.rootValue)
      : plan.execute(run, run.rootValue, undefined);
  }

  #rootType(): GraphQLObjectType {
    const type = this.schema.getRootType(this.type);
    if (type) return type;
    throw new GraphQLError(`Schema is not configured to execute ${this.type} operation.`, { nodes: this.operation });
  }

  #variantFor(variables: CoercedVariables['values']): Variant {
    const answers = this.#conditions.map((name) => String(variables[name])).join();
    const known = this.#variants.get(answers);
    if (known) return known;
    const variant = new Variant();
    if (this.#variants.size < MAX_VARIANTS) this.#variants.set(answers, variant);
    return variant;
  }
}

type Data = Record<string, unknown>;

/** Errors come before data, as in graphql-js. */
function resultOf(run: Run, data: Data | null): ExecutionResult {
  return run.errors.length === 0 ? { data } : { errors: run.errors, data };
}

function conditionsOf(document: DocumentNode): readonly string[] {
  // Most documents have no directives and need not be visited.
  if (document.loc?.source.body.includes('@') === false) return [];
  const names = new Set<string>();
  visit(document, {
    Directive: ({ arguments: given = [] }) => {
      for (const { value } of given) if (value.kind === 'Variable') names.add(value.name.value);
    },
  });
  return [...names];
}
