import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  locatedError,
  type OperationDefinitionNode,
  type OperationTypeNode,
  visit,
} from 'graphql';
import { rootFieldNames } from './root-fields.ts';
import { isPromise, Run } from './run.ts';
import { Variant } from './variant.ts';

/** Combinations of @skip and @include kept planned for one operation; further ones are planned for their one run. */
const MAX_VARIANTS = 16;
/** As graphql-js' own execute. */
const MAX_ERRORS = 50;

type Variables = Readonly<Record<string, unknown>>;

export interface PlanOptions {
  readonly schema: GraphQLSchema;
  /** Validated. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly hideSuggestions: boolean;
}

export interface RunWith {
  readonly variables: CoercedVariables;
  readonly rootValue?: unknown;
  readonly contextValue: unknown;
}

/** Values that `coerce` has let through. */
export class CoercedVariables {
  readonly values: Variables;

  constructor(values: Variables) {
    this.values = values;
  }
}

/**
 * One operation of a validated document, ready to run any number of times. It answers what `execute` of graphql-js answers:
 * the same data, the same errors in the same order.
 */
export class Plan {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly type: OperationTypeNode;
  readonly name: string | null;
  readonly #schema: GraphQLSchema;
  readonly #hideSuggestions: boolean;
  readonly #fragments: { [name: string]: FragmentDefinitionNode };
  /** The variables that @skip and @include ask. */
  readonly #conditions: readonly string[];
  readonly #variants = new Map<string, Variant>();
  #rootFields: ReadonlySet<string> | undefined;

  constructor({ schema, document, operation, hideSuggestions }: PlanOptions) {
    this.document = document;
    this.operation = operation;
    this.type = operation.operation;
    this.name = operation.name?.value ?? null;
    this.#schema = schema;
    this.#hideSuggestions = hideSuggestions;
    this.#fragments = fragmentsOf(document);
    this.#conditions = conditionsOf(document);
  }

  /** Names of the root fields, see `rootFieldNames`. */
  get rootFields(): ReadonlySet<string> {
    this.#rootFields ??= rootFieldNames(this.operation, this.#fragments);
    return this.#rootFields;
  }

  /** By graphql-js itself; the errors are those of the request. */
  coerce(given: Variables | null | undefined): CoercedVariables | readonly GraphQLError[] {
    const definitions = this.operation.variableDefinitions ?? [];
    if (definitions.length === 0) return new CoercedVariables({});
    const options = { maxErrors: MAX_ERRORS, hideSuggestions: this.#hideSuggestions };
    const { coerced, errors } = getVariableValues(this.#schema, definitions, given ?? {}, options);
    return coerced ? new CoercedVariables(coerced) : errors;
  }

  /** Answers at once where nothing has to be waited for. Never throws or rejects: failures are in the result. */
  run({ variables, rootValue, contextValue }: RunWith): ExecutionResult | Promise<ExecutionResult> {
    const run = new Run({
      schema: this.#schema,
      fragments: this.#fragments,
      operation: this.operation,
      variables: variables.values,
      rootValue,
      contextValue,
    });
    const failed = (thrown: unknown) => {
      // What no nullable field has caught makes the whole answer null.
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
    const type = this.#schema.getRootType(this.type);
    if (type) return type;
    throw new GraphQLError(`Schema is not configured to execute ${this.type} operation.`, { nodes: this.operation });
  }

  #variantFor(variables: Variables): Variant {
    const answers = this.#conditions.map((name) => String(variables[name])).join();
    const known = this.#variants.get(answers);
    if (known) return known;
    const variant = new Variant();
    if (this.#variants.size < MAX_VARIANTS) this.#variants.set(answers, variant);
    return variant;
  }
}

type Data = Record<string, unknown>;

/** Errors first, as graphql-js orders them. */
function resultOf(run: Run, data: Data | null): ExecutionResult {
  return run.errors.length === 0 ? { data } : { errors: run.errors, data };
}

/** Null where the name fits none of the document's operations, or no name was given and there are several. */
export function operationIn(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | null {
  return getOperationAST(document, name) ?? null;
}

function fragmentsOf(document: DocumentNode): { [name: string]: FragmentDefinitionNode } {
  const fragments: { [name: string]: FragmentDefinitionNode } = Object.create(null);
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  return fragments;
}

function conditionsOf(document: DocumentNode): readonly string[] {
  // Most documents have none, and need not be gone through.
  if (document.loc?.source.body.includes('@') === false) return [];
  const names = new Set<string>();
  visit(document, {
    Directive: ({ arguments: given = [] }) => {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
