import { type DefinitionNode, Kind, type SelectionNode, visit } from 'graphql';
import type { Plan } from './plan.ts';

/**
 * Names of the variables that decide what a subscription answers to an event. Arguments of its root field only say which
 * events come: two clients that differ in these alone get the same answer to the same event.
 */
export function eventVariables({ document, operation }: Plan): string[] {
  const names = new Set<string>();
  const note = (node: SelectionNode | DefinitionNode) =>
    visit(node, { Variable: ({ name }) => void names.add(name.value) });
  for (const selection of operation.selectionSet.selections)
    note(selection.kind === Kind.FIELD ? { ...selection, arguments: [] } : selection);
  for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) note(definition);
  return [...names];
}
