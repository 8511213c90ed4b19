import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLError,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { AppError } from '../errors.ts';
import { type FieldFacts, resolveInfo } from './field-facts.ts';
import { isPromise, type Path, type Run } from './run.ts';
import { runtimeTypeOf } from './runtime-type.ts';

/** The selected fields of an object; ObjectPlan implements it. */
interface ExecutableObject {
  execute(run: Run, source: unknown, path: Path): unknown;
}

/** Plans the selected fields of an object of `type` below `field`. */
export type PlanObject = (run: Run, type: GraphQLObjectType, field: FieldFacts) => ExecutableObject;

/** Completes values of one type at one place (GraphQL, October 2021, §6.4.3). */
export abstract class ValueCompleter {
  /** True where null is an error. */
  readonly required: boolean;
  /** True where a string goes into the answer unchanged. */
  readonly passesStringsThrough: boolean;
  protected readonly field: FieldFacts;

  constructor(field: FieldFacts, required: boolean, passesStringsThrough = false) {
    this.field = field;
    this.required = required;
    this.passesStringsThrough = passesStringsThrough;
  }

  /** Throws a value that is an Error, as graphql-js does. */
  complete(run: Run, path: Path, value: unknown): unknown {
    if (value instanceof Error) throw value;
    if (value !== null && value !== undefined) return this.completeNonNull(run, path, value);
    if (!this.required) return null;
    const { parentType, definition } = this.field;
    throw new Error(`Cannot return null for non-nullable field ${parentType.name}.${definition.name}.`);
  }

  /** Completes a value that is neither null nor undefined. */
  protected abstract completeNonNull(run: Run, path: Path, value: unknown): unknown;
}

export function completerFor(type: GraphQLOutputType, field: FieldFacts, plan: PlanObject): ValueCompleter {
  const required = isNonNullType(type);
  const inner = required ? type.ofType : type;
  if (isLeafType(inner)) return new LeafCompleter(field, required, inner);
  if (isListType(inner)) return new ListCompleter(field, required, completerFor(inner.ofType, field, plan));
  if (isAbstractType(inner)) return new AbstractTypeCompleter(field, required, inner, plan);
  return new ObjectCompleter(field, required, inner, plan);
}

class LeafCompleter extends ValueCompleter {
  readonly #type: GraphQLLeafType;

  constructor(field: FieldFacts, required: boolean, type: GraphQLLeafType) {
    super(field, required, type === GraphQLString || type === GraphQLID);
    this.#type = type;
  }

  protected completeNonNull(_run: Run, _path: Path, value: unknown): unknown {
    if (this.passesStringsThrough && typeof value === 'string') return value;
    const serialized: unknown = this.#type.serialize(value);
    if (serialized !== null && serialized !== undefined) return serialized;
    throw new Error(
      `Expected \`${inspect(this.#type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(serialized)}`,
    );
  }
}

class ListCompleter extends ValueCompleter {
  readonly #items: ValueCompleter;

  constructor(field: FieldFacts, required: boolean, items: ValueCompleter) {
    super(field, required);
    this.#items = items;
  }

  protected completeNonNull(run: Run, path: Path, value: object): unknown {
    if (!isIterable(value)) throw this.#notIterable();
    const completed: unknown[] = [];
    let waits = false;
    try {
      for (const item of value) {
        const one = this.#completeItem(run, { prev: path, key: completed.length, typename: undefined }, item);
        if (isPromise(one)) waits = true;
        completed.push(one);
      }
    } catch (error) {
      // The items that have begun are not awaited; graphql-js leaves their rejections unhandled, which ends the process.
      if (waits) void Promise.allSettled(completed);
      throw error;
    }
    return waits ? Promise.all(completed) : completed;
  }

  #completeItem(run: Run, path: Path, item: unknown): unknown {
    try {
      const completed = isPromise(item) ? this.#completeLater(run, path, item) : this.#items.complete(run, path, item);
      return isPromise(completed) ? this.#guarded(run, path, completed) : completed;
    } catch (thrown) {
      return run.failed(thrown, this.field.nodes, path, this.#items.required);
    }
  }

  #completeLater(run: Run, path: Path, item: Promise<unknown>): Promise<unknown> {
    return item.then((settled) => this.#items.complete(run, path, settled));
  }

  #guarded(run: Run, path: Path, completed: Promise<unknown>): Promise<unknown> {
    return completed.then(undefined, (thrown) => run.failed(thrown, this.field.nodes, path, this.#items.required));
  }

  #notIterable(): GraphQLError {
    const { parentType, definition } = this.field;
    return new GraphQLError(
      `Expected Iterable, but did not find one for field "${parentType.name}.${definition.name}".`,
    );
  }
}

class ObjectCompleter extends ValueCompleter {
  readonly #type: GraphQLObjectType;
  readonly #planObject: PlanObject;
  #plan: ExecutableObject | undefined;

  constructor(field: FieldFacts, required: boolean, type: GraphQLObjectType, planObject: PlanObject) {
    super(field, required);
    this.#type = type;
    this.#planObject = planObject;
  }

  protected completeNonNull(run: Run, path: Path, value: unknown): unknown {
    this.#plan ??= this.#planObject(run, this.#type, this.field);
    // Most types have no isTypeOf and need no `info`.
    if (!this.#type.isTypeOf) return this.#plan.execute(run, value, path);
    return completeObject(run, { path, value, type: this.#type, plan: this.#plan, field: this.field });
  }
}

class AbstractTypeCompleter extends ValueCompleter {
  readonly #type: GraphQLAbstractType;
  readonly #planObject: PlanObject;
  readonly #plans = new Map<GraphQLObjectType, ExecutableObject>();

  constructor(field: FieldFacts, required: boolean, type: GraphQLAbstractType, planObject: PlanObject) {
    super(field, required);
    this.#type = type;
    this.#planObject = planObject;
  }

  protected completeNonNull(run: Run, path: Path, value: unknown): unknown {
    const info = resolveInfo(this.field, run, fieldPath(path));
    const named: unknown = (this.#type.resolveType ?? defaultTypeResolver)(value, run.contextValue, info, this.#type);
    return isPromise(named)
      ? named.then((settled) => this.#completeAs(run, path, value, settled))
      : this.#completeAs(run, path, value, named);
  }

  #completeAs(run: Run, path: Path, value: unknown, named: unknown): unknown {
    const type = runtimeTypeOf(named, { run, abstractType: this.#type, field: this.field, value });
    const plan = this.#plans.get(type) ?? this.#planObject(run, type, this.field);
    this.#plans.set(type, plan);
    return completeObject(run, { path, value, type, plan, field: this.field });
  }
}

interface ObjectFacts {
  readonly path: Path;
  readonly value: unknown;
  readonly type: GraphQLObjectType;
  readonly plan: ExecutableObject;
  readonly field: FieldFacts;
}

function completeObject(run: Run, { path, value, type, plan, field }: ObjectFacts): unknown {
  if (!type.isTypeOf) return plan.execute(run, value, path);
  const isOne = type.isTypeOf(value, run.contextValue, resolveInfo(field, run, fieldPath(path)));
  const executed = (is: boolean) => {
    if (is) return plan.execute(run, value, path);
    const message = `Expected value of type "${type.name}" but got: ${inspect(value)}.`;
    throw new GraphQLError(message, { nodes: field.nodes });
  };
  return isPromise(isOne) ? isOne.then(executed) : executed(isOne);
}

/** The path of the field, for a place in its list. */
function fieldPath(path: Path): Path {
  for (let ancestor: Path | undefined = path; ancestor !== undefined; ancestor = ancestor.prev)
    if (typeof ancestor.key === 'string') return ancestor;
  throw new AppError('INTERNAL_ERROR', 'A value of an answer is below no field.');
}

function isIterable(value: object): value is Iterable<unknown> {
  return typeof value === 'object' && Symbol.iterator in value && typeof value[Symbol.iterator] === 'function';
}
