import type { FieldNode, GraphQLField, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { Path, Run } from './run.ts';

export type AnyField = GraphQLField<unknown, unknown>;

export interface FieldFacts {
  /** The alias, or the name. */
  readonly key: string;
  readonly definition: AnyField;
  /** Every selection of the document that is merged into this field. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly parentType: GraphQLObjectType;
}

/** What resolvers of fields and of types get. */
export function resolveInfo(field: FieldFacts, run: Run, path: Path): GraphQLResolveInfo {
  return {
    fieldName: field.definition.name,
    fieldNodes: field.nodes,
    returnType: field.definition.type,
    parentType: field.parentType,
    path,
    schema: run.schema,
    fragments: run.fragments,
    rootValue: run.rootValue,
    operation: run.operation,
    variableValues: run.variables,
  };
}
