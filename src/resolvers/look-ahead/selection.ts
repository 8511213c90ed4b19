import { type FieldNode, type GraphQLObjectType, type GraphQLResolveInfo, getNamedType, isObjectType } from 'graphql';
// The very function that graphql-js executes with, so that fragments and @skip mean the same; not in its index.
import { collectSubfields } from 'graphql/execution/collectFields.js';
import { AppError } from '../../errors.ts';

/** The properties of a field's info that look-ahead needs. */
export type SelectionInfo = Pick<
  GraphQLResolveInfo,
  'fieldNodes' | 'fragments' | 'variableValues' | 'schema' | 'returnType'
>;

type SelectionScope = Pick<SelectionInfo, 'fragments' | 'variableValues' | 'schema'>;

/** The fields that an operation selects of one object type at one place: aliases and fragments resolved, @skip and @include applied. */
export class Selection {
  readonly #scope: SelectionScope;
  readonly #type: GraphQLObjectType;
  readonly #fields: ReadonlyMap<string, readonly FieldNode[]>;

  constructor(scope: SelectionScope, type: GraphQLObjectType, nodes: readonly FieldNode[]) {
    const { schema, fragments, variableValues } = scope;
    const byKey = collectSubfields(schema, fragments, variableValues, type, nodes);
    const all = [...byKey.values()].flat();
    this.#scope = scope;
    this.#type = type;
    this.#fields = Map.groupBy(all, ({ name }) => name.value);
  }

  get fields(): readonly string[] {
    return [...this.#fields.keys()];
  }

  /** Of the objects that a field returns; null where the field is not selected, or its type is not an object type. */
  below(field: string): Selection | null {
    const nodes = this.#fields.get(field);
    const type = getNamedType(this.#type.getFields()[field]?.type);
    return nodes && isObjectType(type) ? new Selection(this.#scope, type, nodes) : null;
  }
}

/** The selection on the objects that a field returns. `typeName` names their type, where the field may return several. */
export function selectionOf(info: SelectionInfo, typeName?: string): Selection {
  const type = typeName === undefined ? getNamedType(info.returnType) : info.schema.getType(typeName);
  if (!isObjectType(type)) throw new AppError('INTERNAL_ERROR', 'Only objects have selections.');
  return new Selection(info, type, info.fieldNodes);
}
