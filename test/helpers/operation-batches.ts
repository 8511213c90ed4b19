import { GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { limits, parseOptions, validationRules } from '../../src/schema/limits/limits.ts';
import { type Form, type Operation, operationOfAll, type PlacedValue } from './input-paths.ts';

/** An operation, and its values in the order of its root fields. */
export interface OperationBatch<Value extends PlacedValue> {
  readonly operation: Operation;
  readonly values: readonly Value[];
}

export interface BatchOptions {
  readonly form: Form;
  /** Of an operation as JSON; only an operation of one value may be longer. */
  readonly maxBytes?: number;
}

/**
 * The values in few operations that the server does not refuse as a whole, because they keep its limits of a document: each value
 * is processed as if it came alone. Their paths begin at root fields of one kind.
 */
export function operationBatches<Value extends PlacedValue>(
  schema: GraphQLSchema,
  values: readonly Value[],
  options: BatchOptions,
): OperationBatch<Value>[] {
  if (values.length === 0) return [];
  const operation = operationOfAll(schema, values, options.form);
  if (values.length === 1 || isAccepted(schema, operation, values.length, options)) return [{ operation, values }];
  const half = values.length > limits.rootFields ? limits.rootFields : Math.ceil(values.length / 2);
  return [values.slice(0, half), values.slice(half)].flatMap((part) => operationBatches(schema, part, options));
}

function isAccepted(
  schema: GraphQLSchema,
  operation: Operation,
  fields: number,
  { maxBytes = Number.POSITIVE_INFINITY }: BatchOptions,
): boolean {
  if (fields > limits.rootFields || JSON.stringify(operation).length > maxBytes) return false;
  try {
    return validate(schema, parse(operation.query, parseOptions), validationRules).length === 0;
  } catch (thrown) {
    // Too many tokens.
    if (thrown instanceof GraphQLError) return false;
    throw thrown;
  }
}
