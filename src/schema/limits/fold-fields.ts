import {
  type FieldNode,
  type GraphQLCompositeType,
  isCompositeType,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** Gives the number of a field of `parent`. `inside` gives that of its selected fields, whose parent is `type`. */
export type FieldMeasure = (
  field: FieldNode,
  parent: GraphQLCompositeType | null,
  inside: (type: GraphQLCompositeType | null) => number,
) => number;

/**
 * Walks selections from the leaves up and combines the numbers of each set with `join`. Each fragment is measured once
 * however often it is spread: a document that consists of spreads costs no more than its length. Fragments that contain
 * themselves, which another rule refuses, count as nothing inside themselves. So does what a literal @skip or @include excludes;
 * what a variable may exclude counts in full, because a document is checked once and then run with any variables.
 */
export function foldFields(
  context: Pick<ValidationContext, 'getSchema' | 'getFragment'>,
  join: (one: number, other: number) => number,
  measure: FieldMeasure,
): (selections: SelectionSetNode, type: GraphQLCompositeType | null) => number {
  const measured = new Map<string, number>();

  function ofFragment(name: string): number {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, 0);
    const fragment = context.getFragment(name);
    const value = fragment ? ofSelections(fragment.selectionSet, compositeType(fragment.typeCondition.name.value)) : 0;
    measured.set(name, value);
    return value;
  }

  function ofSelections({ selections }: SelectionSetNode, type: GraphQLCompositeType | null): number {
    return selections.reduce((sum, selection) => {
      if (isLeftOut(selection)) return sum;
      switch (selection.kind) {
        case 'Field':
          return join(
            sum,
            measure(selection, type, (inner) =>
              selection.selectionSet ? ofSelections(selection.selectionSet, inner) : 0,
            ),
          );
        case 'FragmentSpread':
          return join(sum, ofFragment(selection.name.value));
        case 'InlineFragment': {
          const condition = selection.typeCondition;
          return join(
            sum,
            ofSelections(selection.selectionSet, condition ? compositeType(condition.name.value) : type),
          );
        }
        default:
          return selection satisfies never;
      }
    }, 0);
  }

  function compositeType(name: string): GraphQLCompositeType | null {
    const type = context.getSchema().getType(name);
    return isCompositeType(type) ? type : null;
  }

  return ofSelections;
}

/** Whether @skip or @include excludes the selection for all variables. */
function isLeftOut({ directives = [] }: SelectionNode): boolean {
  return directives.some(({ name, arguments: given = [] }) => {
    const condition = given.find((argument) => argument.name.value === 'if')?.value;
    if (condition?.kind !== 'BooleanValue') return false;
    return (name.value === 'skip' && condition.value) || (name.value === 'include' && !condition.value);
  });
}

/** Fields about the schema itself; graphql bounds them by a rule of its own. */
export function isIntrospection(field: FieldNode): boolean {
  return field.name.value === '__schema' || field.name.value === '__type';
}
