import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { AppError } from '../../errors.ts';
import type { UserFault } from '../../services/user-fault.ts';
import { boundOf, isText, RAW_FACTOR } from './input-bounds.ts';

type AnyField = GraphQLField<unknown, unknown>;
/** Adds a fault for each part of the value that is far too long, or has half of a character. */
type Check = (value: unknown, path: readonly string[], faults: UserFault[]) => void;
type NamedChecks = readonly (readonly [name: string, check: Check])[];

/** An argument or an input field. */
interface Input {
  readonly name: string;
  readonly type: GraphQLInputType;
  description?: string | null | undefined;
}

/**
 * Refuses arguments that are far longer than their bounds, and halves of characters, before a resolver, or the source of a subscription,
 * gets them. It applies to literals, variables and defaults, on every transport and with every executor, because it is part
 * of the schema. Also adds the bounds to the descriptions. Call it before the permissions are added, so that a caller without
 * permission gets only that error.
 */
export function enforceBounds(schema: GraphQLSchema): void {
  const checks = new CheckFactory();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) describe(field, `${type.name}.${field.name}`);
    if (isObjectType(type))
      for (const field of Object.values(type.getFields())) {
        const coordinateOf = (argument: string) => `${type.name}.${field.name}(${argument}:)`;
        guardField(field, checks.ofAll(field.args, coordinateOf));
        for (const argument of field.args) describe(argument, coordinateOf(argument.name));
      }
  }
}

/** Builds the checks of each input type once; types may refer to themselves. */
class CheckFactory {
  readonly #ofObjects = new Map<string, Check>();

  ofAll(inputs: readonly Input[], coordinateOf: (name: string) => string): NamedChecks {
    return inputs.flatMap(({ name, type }) => {
      const check = this.#of(type, coordinateOf(name));
      return check ? [[name, check] as const] : [];
    });
  }

  /** Null for values that cannot be long. */
  #of(type: GraphQLInputType, coordinate: string): Check | null {
    const { characters, items, isMended } = boundOf(coordinate, type);
    const nullable = getNullableType(type);
    if (isListType(nullable)) return listCheck(items, this.#of(nullable.ofType, coordinate));
    if (isText(nullable)) return textCheck(characters, nullable === GraphQLString && isMended !== true);
    return isInputObjectType(nullable) ? this.#ofObject(nullable.name, Object.values(nullable.getFields())) : null;
  }

  #ofObject(typeName: string, fields: readonly Input[]): Check {
    const known = this.#ofObjects.get(typeName);
    if (known) return known;
    let checks: NamedChecks = [];
    const check: Check = (value, path, faults) => {
      if (isRecord(value)) for (const [name, inside] of checks) inside(value[name], [...path, name], faults);
    };
    this.#ofObjects.set(typeName, check);
    checks = this.ofAll(fields, (name) => `${typeName}.${name}`);
    return check;
  }
}

function textCheck(characters: number, refusesHalves: boolean): Check {
  return (value, path, faults) => {
    if (typeof value !== 'string') return;
    if (value.length > RAW_FACTOR * characters)
      faults.push(tooLong(path, `This has far more than ${count(characters)} characters, which is the limit.`));
    else if (refusesHalves && !value.isWellFormed()) faults.push({ code: 'INVALID', message: HALF, field: path });
  };
}

/** In UTF-8, in which everything is stored and sent, it would become another character, and two different names the same. */
const HALF =
  'This has half of a character (an unpaired surrogate), as a text that was cut between two halves: send whole characters.';

function listCheck(items: number, inside: Check | null): Check {
  return (value, path, faults) => {
    // GraphQL coerces a single value to a list of one.
    if (!Array.isArray(value)) inside?.(value, path, faults);
    else if (value.length > RAW_FACTOR * items)
      faults.push(tooLong(path, `This has far more than ${count(items)} elements, which is the limit.`));
    else if (inside) for (const [index, one] of value.entries()) inside(one, [...path, String(index)], faults);
  };
}

function tooLong(field: readonly string[], message: string): UserFault {
  return { code: 'TOO_LONG', message, field };
}

function guardField(field: AnyField, checks: NamedChecks): void {
  if (checks.length === 0) return;
  const { resolve = defaultFieldResolver, subscribe } = field;
  const refuse = isPayload(field.type) ? (userErrors: UserFault[]) => ({ userErrors }) : throwAll;
  const faultsOf = (args: Readonly<Record<string, unknown>>) => {
    const faults: UserFault[] = [];
    for (const [name, check] of checks) if (args[name] != null) check(args[name], [name], faults);
    return faults;
  };
  field.resolve = (source, args, context, info) => {
    const faults = faultsOf(args);
    return faults.length > 0 ? refuse(faults) : resolve(source, args, context, info);
  };
  if (!subscribe) return;
  field.subscribe = (source, args, context, info) => {
    const faults = faultsOf(args);
    return faults.length > 0 ? throwAll(faults) : subscribe(source, args, context, info);
  };
}

/** Whether errors that the caller can correct can be reported in `userErrors` alone. */
function isPayload(type: GraphQLOutputType): boolean {
  const nullable = getNullableType(type);
  if (!isObjectType(nullable)) return false;
  const { userErrors, ...others } = nullable.getFields();
  return userErrors !== undefined && !Object.values(others).some((field) => isNonNullType(field.type));
}

function throwAll(faults: readonly UserFault[]): never {
  const sentences = faults.map(({ field = [], message }) => `${field.join('.')}: ${message}`);
  throw new AppError('INVALID_INPUT', sentences.join(' '));
}

function describe(input: Input, coordinate: string): void {
  const sentence = sentenceOf(input.type, boundOf(coordinate, input.type));
  if (sentence !== null) input.description = [input.description, sentence].filter(Boolean).join(' ');
}

/** Null where a description is of no use: clients do not type ids, and lists of enum values are as long as their enum. */
function sentenceOf(type: GraphQLInputType, { characters, items }: ReturnType<typeof boundOf>): string | null {
  const isList = isListType(getNullableType(type));
  const isString = getNamedType(type) === GraphQLString;
  if (isString && isList) return `At most ${count(items)} of at most ${count(characters)} characters.`;
  if (isString) return `At most ${count(characters)} characters.`;
  return isList && !isEnumType(getNamedType(type)) ? `At most ${count(items)}.` : null;
}

function count(amount: number): string {
  return amount.toLocaleString('en');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
