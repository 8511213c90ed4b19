import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  type OperationDefinitionNode,
} from 'graphql';
import { type CostTable, rootFieldCosts } from '../../auth/costs.ts';
import { AppError } from '../../errors.ts';
import { foldFields, isIntrospection } from './fold-fields.ts';
import { cappedRows, fieldOf, isConnection, MAX_PAGE_SIZE, sizeOf } from './node-rule.ts';

/** An operation of a validated document. The same operation is always the same object. */
export interface CountedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

type Values = Readonly<Record<string, unknown>>;

/** What is known of an operation after it was counted once. */
interface Counted {
  /** Variables that are the size of a page. */
  readonly sizes: readonly string[];
  /** Costs by the values of these variables. */
  readonly costs: Map<string, number>;
}

/** Points for the whole schema, which takes some ten milliseconds. */
const INTROSPECTION_COST = 100;
/** Combinations of page sizes whose cost is kept for one operation; others are counted each time. */
const MAX_KEPT = 16;

/**
 * The static cost of operations, in points: what the table says of each root field, one for each row of a page or a list, and one for
 * each object beside them; plain fields are free. Sizes in variables count as given. No operation is cheaper than one point.
 */
export class OperationCosts {
  readonly #schema: GraphQLSchema;
  readonly #table: CostTable;
  readonly #counted = new WeakMap<CountedOperation, Counted>();

  /** Throws CONFIG_INVALID where a root field has no cost. */
  constructor(schema: GraphQLSchema, table: CostTable = rootFieldCosts) {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const missing = roots.flatMap((root) =>
      Object.keys(root?.getFields() ?? {})
        .filter((field) => table[root?.name ?? '']?.[field] === undefined)
        .map((field) => `${root?.name}.${field}`),
    );
    if (missing.length > 0)
      throw new AppError('CONFIG_INVALID', `No cost for ${missing.join(', ')}: add one to src/auth/costs.ts.`);
    this.#schema = schema;
    this.#table = table;
  }

  /** `variables` are coerced; where they are null, each page counts as the largest. */
  of(counted: CountedOperation, variables: Values | null): number {
    const known = this.#counted.get(counted);
    const cost = known?.costs.get(keyOf(known.sizes, variables));
    if (cost !== undefined) return cost;
    const counting = this.#count(counted, variables);
    const { sizes, costs } = known ?? { sizes: counting.sizes, costs: new Map<string, number>() };
    if (costs.size < MAX_KEPT) costs.set(keyOf(sizes, variables), counting.cost);
    if (!known) this.#counted.set(counted, { sizes, costs });
    return counting.cost;
  }

  #count({ document, operation }: CountedOperation, variables: Values | null) {
    const sizes = new Set<string>();
    const sizeOfVariable = (name: string) => {
      sizes.add(name);
      return variables ? sizeIn(variables[name]) : MAX_PAGE_SIZE;
    };
    const root = this.#schema.getRootType(operation.operation) ?? null;
    const ofSelections = foldFields(
      { getSchema: () => this.#schema, getFragment: fragmentsIn(document) },
      (one, other) => cappedRows(one + other),
      (node, parent, inside) => {
        if (isIntrospection(node)) return INTROSPECTION_COST;
        const field = fieldOf(parent, node);
        if (!field) return 0;
        const type = getNamedType(field.type);
        const own = this.#costOf(parent, field.name, isCompositeType(type));
        const within = inside(isCompositeType(type) ? type : null);
        const size = sizeOf(field, node, parent, sizeOfVariable);
        return cappedRows(own + (size === null ? within : size * (1 + within)));
      },
    );
    return { cost: Math.max(1, ofSelections(operation.selectionSet, root)), sizes: [...sizes] };
  }

  /** Beside its rows. The parts of a connection are its rows, which the page counts. */
  #costOf(parent: GraphQLCompositeType | null, name: string, isObject: boolean): number {
    const stated = parent && this.#table[parent.name]?.[name];
    if (typeof stated === 'number') return stated;
    return isObject && !isConnection(parent) && !isEdge(parent) ? 1 : 0;
  }
}

function isEdge(type: GraphQLCompositeType | null): boolean {
  return type !== null && 'getFields' in type && 'cursor' in type.getFields() && 'node' in type.getFields();
}

function fragmentsIn({ definitions }: DocumentNode): (name: string) => FragmentDefinitionNode | undefined {
  const fragments = definitions.filter((definition) => definition.kind === 'FragmentDefinition');
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  return (name) => byName.get(name);
}

function keyOf(sizes: readonly string[], variables: Values | null): string {
  if (sizes.length === 0) return '';
  return variables ? sizes.map((name) => sizeIn(variables[name])).join() : 'largest';
}

/** The size that a variable has; null where it has none. */
function sizeIn(value: unknown): number | null {
  return typeof value === 'number' ? Math.min(Math.max(value, 1), MAX_PAGE_SIZE) : null;
}
