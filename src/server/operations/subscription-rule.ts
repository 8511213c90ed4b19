import {
  type ASTVisitor,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getEnterLeaveForKind,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  SingleFieldSubscriptionsRule,
  type ValidationContext,
} from 'graphql';

/**
 * A subscription has exactly one root field, without @skip and @include (GraphQL §5.2.4.1): which events come must not depend on
 * a condition. Takes the place of the rule of graphql-js, which knows no conditions: it asks for the values of variables, and
 * throws because validation has none.
 */
export function subscriptionRule(context: ValidationContext): ASTVisitor {
  const single = getEnterLeaveForKind(SingleFieldSubscriptionsRule(context), Kind.OPERATION_DEFINITION).enter;
  return {
    OperationDefinition(...visited) {
      const [operation] = visited;
      const conditions = conditionsAtRoot(operation, context.getDocument());
      if (conditions.length > 0) context.reportError(conditionError(operation, conditions));
      else single?.apply(this, visited);
    },
  };
}

/** What `subscriptionRule` says of a document, where it has anything to say about conditions. */
export function conditionErrors(document: DocumentNode): GraphQLError[] {
  return document.definitions
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ({ operation, conditions: conditionsAtRoot(operation, document) }))
    .filter(({ conditions }) => conditions.length > 0)
    .map(({ operation, conditions }) => conditionError(operation, conditions));
}

function conditionError({ name }: OperationDefinitionNode, nodes: readonly DirectiveNode[]): GraphQLError {
  const which = name ? `Subscription "${name.value}"` : 'A subscription';
  const message = `${which} must select exactly one field, without @skip or @include: leave the directive out, or put it on a field inside.`;
  return new GraphQLError(message, { nodes });
}

/** @skip and @include of the root field of a subscription, and of fragments around it. */
function conditionsAtRoot(operation: OperationDefinitionNode, document: DocumentNode): DirectiveNode[] {
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return [];
  const found: DirectiveNode[] = [];
  const waiting: SelectionNode[] = [...operation.selectionSet.selections];
  const seen = new Set<FragmentDefinitionNode>();
  for (let selection = waiting.pop(); selection; selection = waiting.pop()) {
    found.push(...(selection.directives ?? []).filter(({ name }) => name.value === 'skip' || name.value === 'include'));
    if (selection.kind === Kind.INLINE_FRAGMENT) waiting.push(...selection.selectionSet.selections);
    if (selection.kind !== Kind.FRAGMENT_SPREAD) continue;
    const fragment = fragmentIn(document, selection.name.value);
    if (!fragment || seen.has(fragment)) continue;
    seen.add(fragment);
    waiting.push(...fragment.selectionSet.selections);
  }
  return found;
}

function fragmentIn({ definitions }: DocumentNode, name: string): FragmentDefinitionNode | undefined {
  return definitions
    .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    .find((fragment) => fragment.name.value === name);
}
