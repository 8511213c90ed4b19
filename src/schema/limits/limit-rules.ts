import { GraphQLError, Kind, type ValidationRule } from 'graphql';
import { foldFields, isIntrospection } from './fold-fields.ts';

/** At most `limit` fields inside each other. */
export function depthRule(limit: number): ValidationRule {
  return (context) => {
    const deepest = foldFields(context, Math.max, (field, _parent, inside) =>
      isIntrospection(field) ? 1 : 1 + inside(null),
    );
    return {
      OperationDefinition(operation) {
        const depth = deepest(operation.selectionSet, null);
        if (depth <= limit) return;
        context.reportError(
          new GraphQLError(`This goes ${depth} fields deep; at most ${limit} are allowed.`, { nodes: operation }),
        );
      },
    };
  };
}

/** At most `limit` root fields in an operation, with those of its fragments, whether or not they merge. */
export function rootFieldRule(limit: number): ValidationRule {
  return (context) => {
    const count = foldFields(
      context,
      (one, other) => one + other,
      () => 1,
    );
    return {
      OperationDefinition(operation) {
        const fields = count(operation.selectionSet, null);
        if (fields <= limit) return;
        context.reportError(
          new GraphQLError(`This asks for ${fields} root fields; at most ${limit} are allowed.`, { nodes: operation }),
        );
      },
    };
  };
}

/**
 * At most one of the root fields in an operation, through fragments and aliases: those that hash a password, so that a document
 * cannot guess many. Such fields have no other cost worth counting.
 */
export function onceRule(fields: ReadonlySet<string>): ValidationRule {
  return (context) => {
    const count = foldFields(
      context,
      (one, other) => one + other,
      (field) => (fields.has(field.name.value) ? 1 : 0),
    );
    return {
      OperationDefinition(operation) {
        if (operation.operation !== 'mutation' || count(operation.selectionSet, null) <= 1) return;
        const message = `Only one of the fields ${[...fields].join(', ')} is allowed in an operation.`;
        context.reportError(new GraphQLError(message, { nodes: operation }));
      },
    };
  };
}

/** At most `limit` aliases in a document, including those of `__typename`. */
export function aliasRule(limit: number): ValidationRule {
  return (context) => {
    let aliases = 0;
    return {
      Field(field) {
        // Reported once, at the first one beyond the limit.
        if (!field.alias || ++aliases !== limit + 1) return;
        context.reportError(new GraphQLError(`At most ${limit} aliases are allowed.`, { nodes: field.alias }));
      },
    };
  };
}

/** At most `limit` fragments in a document. */
export function fragmentRule(limit: number): ValidationRule {
  return (context) => {
    let fragments = 0;
    return {
      FragmentDefinition(fragment) {
        // Reported once, at the first one beyond the limit.
        if (++fragments !== limit + 1) return;
        context.reportError(new GraphQLError(`At most ${limit} fragments are allowed.`, { nodes: fragment }));
      },
    };
  };
}

/** At most `limit` fields of one name beside each other, whether or not they merge. */
export function repeatedFieldRule(limit: number): ValidationRule {
  return (context) => ({
    SelectionSet({ selections }) {
      const counts = new Map<string, number>();
      for (const selection of selections) {
        if (selection.kind !== Kind.FIELD) continue;
        const name = selection.alias?.value ?? selection.name.value;
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        if (count === limit + 1)
          context.reportError(
            new GraphQLError(`"${name}" is here more than ${limit} times; once is enough.`, { nodes: selection }),
          );
      }
    },
  });
}
