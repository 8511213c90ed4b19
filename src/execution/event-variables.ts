import { type DefinitionNode, Kind, type SelectionNode, visit } from 'graphql';
import type { ExecutableOperation } from './executor.ts';

/**
 * Names of the variables that change the answer of a subscription to an event. Arguments of its root field only select the
 * events: two clients that differ in these alone get the same answer to the same event.
 */
export function eventVariables({ document, operation }: ExecutableOperation): string[] {
  const names = new Set<string>();
  const note = (node: SelectionNode | DefinitionNode) =>
    visit(node, { Variable: ({ name }) => void names.add(name.value) });
  for (const selection of operation.selectionSet.selections)
    note(selection.kind === Kind.FIELD ? { ...selection, arguments: [] } : selection);
  for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) note(definition);
  return [...names];
}
