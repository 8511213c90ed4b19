import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
// The functions that graphql-js executes with, so that fragments and @skip mean the same; they are not in its index.
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import type { FieldFacts } from './field-facts.ts';
import { FieldPlan } from './field-plan.ts';
import { ObjectPlan } from './object-plan.ts';
import type { Run } from './run.ts';
import { completerFor } from './value-completer.ts';

type Selected = ReadonlyMap<string, readonly FieldNode[]>;

/**
 * An operation for one combination of its @skip and @include conditions. Each place is planned when it is first reached, so that a
 * place that is never reached costs nothing.
 */
export class Variant {
  #root: ObjectPlan | undefined;

  rootPlan(run: Run, type: GraphQLObjectType): ObjectPlan {
    this.#root ??= planOf(
      run.schema,
      type,
      collectFields(run.schema, run.fragments, run.variables, type, run.operation.selectionSet),
    );
    return this.#root;
  }
}

function planOf(schema: GraphQLSchema, type: GraphQLObjectType, selected: Selected): ObjectPlan {
  const fields: FieldPlan[] = [];
  for (const [key, [first, ...others]] of selected) {
    const definition = first && definitionOf(schema, type, first.name.value);
    if (definition)
      fields.push(
        new FieldPlan({ key, definition, nodes: [first, ...others], parentType: type }, (field) =>
          completerFor(definition.type, field, planChildren),
        ),
      );
  }
  return new ObjectPlan(fields);
}

function planChildren(run: Run, type: GraphQLObjectType, field: FieldFacts): ObjectPlan {
  return planOf(run.schema, type, collectSubfields(run.schema, run.fragments, run.variables, type, field.nodes));
}

function definitionOf(
  schema: GraphQLSchema,
  parent: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return parent.getFields()[name];
}
