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
  type ValidationRule,
} from 'graphql';
import { foldFields, isIntrospection } from './fold-fields.ts';

const LARGEST_PAGE = 100;
const USUAL_PAGE = 20;
/** What a list without pages counts as: a video has six stages and seldom more than ten scenes. */
const PLAIN_LIST = 10;

type AnyField = GraphQLField<unknown, unknown>;

/**
 * At most `limit` rows in the answer, pages inside pages multiplied: a page counts as large as it may get, a list without
 * pages as ten. A size in a variable counts as the largest, because a document is checked once and then run with any variables.
 */
export function nodeRule(limit: number): ValidationRule {
  return (context) => {
    const count = foldFields(
      context,
      (one, other) => one + other,
      (node, parent, inside) => {
        const field = fieldOf(parent, node);
        if (!field || isIntrospection(node)) return 0;
        const type = getNamedType(field.type);
        const within = inside(isCompositeType(type) ? type : null);
        const size = sizeOf(field, node, parent);
        return size === null ? within : size * (1 + within);
      },
    );
    return {
      OperationDefinition(operation) {
        const rows = count(operation.selectionSet, context.getSchema().getRootType(operation.operation) ?? null);
        if (rows <= limit) return;
        const message = `This may give ${rows.toLocaleString('en')} rows; at most ${limit.toLocaleString('en')} are allowed. Ask for smaller pages.`;
        context.reportError(new GraphQLError(message, { nodes: operation }));
      },
    };
  };
}

function fieldOf(parent: GraphQLCompositeType | null, node: FieldNode): AnyField | undefined {
  return parent && !isUnionType(parent) ? parent.getFields()[node.name.value] : undefined;
}

/** How many rows the field brings for each object it stands on; null where it brings no rows of its own. */
function sizeOf(field: AnyField, node: FieldNode, parent: GraphQLCompositeType | null): number | null {
  const isPaged = field.args.some((arg) => arg.name === 'first' || arg.name === 'last');
  if (isPaged) return pageSize(node);
  const isRows = isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type));
  return isRows && !isConnection(parent) ? PLAIN_LIST : null;
}

/** The rows of a connection were counted where its page size stands. */
function isConnection(type: GraphQLCompositeType | null): boolean {
  return type !== null && !isUnionType(type) && 'pageInfo' in type.getFields();
}

function pageSize(node: FieldNode): number {
  const sizes = (node.arguments ?? []).filter(({ name }) => name.value === 'first' || name.value === 'last');
  const given = sizes.filter(({ value }) => value.kind !== 'NullValue');
  if (given.length === 0) return USUAL_PAGE;
  // What is no number between 1 and 100 is refused later, by the field.
  return Math.max(...given.map(({ value }) => (value.kind === 'IntValue' ? Number(value.value) : LARGEST_PAGE)));
}
