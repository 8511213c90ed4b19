import { defaultFieldResolver, type GraphQLObjectType } from 'graphql';
import { type AnyField, type FieldFacts, resolveInfo } from './field-facts.ts';
import { type Arguments, planArguments } from './plan-arguments.ts';
import { isPromise, type Path, type Run } from './run.ts';
import type { ValueCompleter } from './value-completer.ts';

/** The short form of a resolver that uses neither arguments nor info. */
export type ShortResolver = (source: unknown, context: unknown) => unknown;

/** One field at one place of a document: how its value is resolved and completed. */
export class FieldPlan implements FieldFacts {
  readonly key: string;
  readonly definition: AnyField;
  readonly nodes: FieldFacts['nodes'];
  readonly parentType: GraphQLObjectType;
  readonly completer: ValueCompleter;
  /** The name of the property, where the value is a plain property of the source. */
  readonly property: string | undefined;
  readonly short: ShortResolver | undefined;
  readonly #resolve: NonNullable<AnyField['resolve']>;
  readonly #argumentsFor: (variables: Run['variables']) => Arguments;

  constructor({ key, definition, nodes, parentType }: FieldFacts, completerOf: (field: FieldFacts) => ValueCompleter) {
    this.key = key;
    this.definition = definition;
    this.nodes = nodes;
    this.parentType = parentType;
    this.#resolve = definition.resolve ?? defaultFieldResolver;
    this.#argumentsFor = planArguments(definition, nodes[0]);
    this.completer = completerOf(this);
    const takesNothing = definition.args.length === 0;
    this.property = takesNothing && this.#resolve === defaultFieldResolver ? definition.name : undefined;
    this.short = takesNothing ? shortOf(this.#resolve) : undefined;
  }

  /** The completed value, or a promise of it. Throws where a required field fails. */
  execute(run: Run, source: unknown, parentPath: Path | undefined): unknown {
    const { property, short } = this;
    if (property === undefined && !short) return this.executeResolver(run, source, parentPath);
    let value: unknown;
    try {
      value = property === undefined ? short?.(source, run.contextValue) : propertyOf(source, property);
    } catch (thrown) {
      return this.failed(run, parentPath, thrown);
    }
    return this.complete(run, source, parentPath, value);
  }

  /** As `execute`, by the full form of the resolver. */
  executeResolver(run: Run, source: unknown, parentPath: Path | undefined): unknown {
    const path = this.childPath(parentPath);
    let value: unknown;
    try {
      value = this.#resolve(source, this.#argumentsFor(run.variables), run.contextValue, resolveInfo(this, run, path));
    } catch (thrown) {
      return run.failed(thrown, this.nodes, path, this.completer.required);
    }
    return this.#completeAt(run, path, value);
  }

  /** Completes the value of the property or of the short resolver. */
  complete(run: Run, source: unknown, parentPath: Path | undefined, value: unknown): unknown {
    if (this.completer.passesStringsThrough && typeof value === 'string') return value;
    // The default resolver calls methods, with the arguments.
    if (typeof value === 'function' && !this.short) return this.executeResolver(run, source, parentPath);
    return this.#completeAt(run, this.childPath(parentPath), value);
  }

  /** Returns null and records the error; throws it where the field is required. */
  failed(run: Run, parentPath: Path | undefined, thrown: unknown): null {
    return run.failed(thrown, this.nodes, this.childPath(parentPath), this.completer.required);
  }

  childPath(parentPath: Path | undefined): Path {
    return { prev: parentPath, key: this.key, typename: this.parentType.name };
  }

  #completeAt(run: Run, path: Path, value: unknown): unknown {
    try {
      const completed = isPromise(value)
        ? this.#completeLater(run, path, value)
        : this.completer.complete(run, path, value);
      return isPromise(completed) ? this.#guarded(run, path, completed) : completed;
    } catch (thrown) {
      return run.failed(thrown, this.nodes, path, this.completer.required);
    }
  }

  // Separate methods: the context of a closure is allocated each time the function around it is entered, even where it is not used.
  #completeLater(run: Run, path: Path, value: Promise<unknown>): Promise<unknown> {
    return value.then((settled) => this.completer.complete(run, path, settled));
  }

  #guarded(run: Run, path: Path, completed: Promise<unknown>): Promise<unknown> {
    return completed.then(undefined, (thrown) => run.failed(thrown, this.nodes, path, this.completer.required));
  }
}

function shortOf(resolve: object): ShortResolver | undefined {
  const short: unknown = 'short' in resolve ? resolve.short : undefined;
  return isShort(short) ? short : undefined;
}

function isShort(value: unknown): value is ShortResolver {
  return typeof value === 'function';
}

function propertyOf(source: unknown, name: string): unknown {
  return isObjectOrFunction(source) ? source[name] : undefined;
}

function isObjectOrFunction(source: unknown): source is Readonly<Record<string, unknown>> {
  return (typeof source === 'object' && source !== null) || typeof source === 'function';
}
