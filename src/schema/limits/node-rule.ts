import {
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isUnionType,
  type OperationDefinitionNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { foldFields, isIntrospection } from './fold-fields.ts';

export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;
/** Rows that a list without pages counts as: a video has six stages and seldom more than ten scenes. */
const UNPAGED_LIST_SIZE = 10;

type AnyField = GraphQLField<unknown, unknown>;

/**
 * At most `limit` rows in the answer, nested pages multiplied: a page counts with its largest possible size, a list without
 * pages as ten. A size in a variable counts as the largest, because a document is checked once and then run with any variables.
 */
export function nodeRule(limit: number): ValidationRule {
  return (context) => {
    const count = rowCounter(context);
    return {
      OperationDefinition(operation) {
        const rows = count(operation);
        if (rows <= limit) return;
        const message = `This may give ${rows.toLocaleString('en')} rows; at most ${limit.toLocaleString('en')} are allowed. Ask for smaller pages.`;
        context.reportError(new GraphQLError(message, { nodes: operation }));
      },
    };
  };
}

/** Gives the largest number of rows that an operation may return; a safe integer. */
export function rowCounter(context: ValidationContext): (operation: OperationDefinitionNode) => number {
  const ofSelections = foldFields(
    context,
    (one, other) => cappedRows(one + other),
    (node, parent, inside) => {
      const field = fieldOf(parent, node);
      if (!field || isIntrospection(node)) return 0;
      const type = getNamedType(field.type);
      const within = inside(isCompositeType(type) ? type : null);
      const size = sizeOf(field, node, parent);
      return size === null ? within : cappedRows(size * (1 + within));
    },
  );
  return ({ selectionSet, operation }) =>
    ofSelections(selectionSet, context.getSchema().getRootType(operation) ?? null);
}

/** Products of many pages would lose precision, and finally become Infinity. */
export function cappedRows(rows: number): number {
  return Math.min(rows, Number.MAX_SAFE_INTEGER);
}

export function fieldOf(parent: GraphQLCompositeType | null, node: FieldNode): AnyField | undefined {
  return parent && !isUnionType(parent) ? parent.getFields()[node.name.value] : undefined;
}

/** The size of a page that a variable has; null where it has none. */
type SizeOfVariable = (name: string) => number | null;

/** How many rows the field adds for each object that it belongs to; null where it adds no rows. */
export function sizeOf(
  field: AnyField,
  node: FieldNode,
  parent: GraphQLCompositeType | null,
  sizeOfVariable: SizeOfVariable = () => MAX_PAGE_SIZE,
): number | null {
  const isPaged = field.args.some((arg) => arg.name === 'first' || arg.name === 'last');
  if (isPaged) return pageSize(field, node, sizeOfVariable);
  const isRows = isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type));
  return isRows && !isConnection(parent) ? UNPAGED_LIST_SIZE : null;
}

/** The rows of a connection were counted at the field with its page size. */
export function isConnection(type: GraphQLCompositeType | null): boolean {
  return type !== null && !isUnionType(type) && 'pageInfo' in type.getFields();
}

/** 1 to 100: the field refuses every other size, and a size below one must not offset another page. */
function pageSize(field: AnyField, node: FieldNode, sizeOfVariable: SizeOfVariable): number {
  const given = ['first', 'last'].map((name) => givenSize(field, node, { name, sizeOfVariable }));
  const sizes = given.filter((size) => size !== null);
  return sizes.length === 0 ? DEFAULT_PAGE_SIZE : Math.min(Math.max(...sizes, 1), MAX_PAGE_SIZE);
}

/** Null where the argument is not given, or null. */
function givenSize(
  field: AnyField,
  node: FieldNode,
  { name, sizeOfVariable }: { readonly name: string; readonly sizeOfVariable: SizeOfVariable },
): number | null {
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind === 'NullValue') return null;
  if (value?.kind === 'Variable') return sizeOfVariable(value.name.value);
  if (value) return value.kind === 'IntValue' ? Number(value.value) : MAX_PAGE_SIZE;
  const usual = field.args.find((argument) => argument.name === name)?.defaultValue;
  return typeof usual === 'number' ? usual : null;
}
