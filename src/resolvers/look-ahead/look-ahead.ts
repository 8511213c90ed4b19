import { type FieldNode, Kind, type SelectionNode } from 'graphql';
import type { SelectionInfo } from './selection.ts';

interface RememberedField<T> {
  readonly nodes: readonly FieldNode[];
  /** Names of the variables that the result depends on. */
  readonly conditions: readonly string[];
  /** Results by the values of these variables. */
  readonly values: Map<string, T>;
}

/** Combinations of variables, and of merged fields, that are cached for one field; for others the result is not cached. */
const MAX_REMEMBERED = 16;

/**
 * Computes once for each place in a document what is selected there, and caches it as long as the document exists. The fields
 * of one document share one set of fragments, so the fields and the variables alone determine the result.
 */
export class LookAhead<T> {
  readonly #derive: (info: SelectionInfo) => T;
  readonly #known = new WeakMap<FieldNode, RememberedField<T>[]>();

  constructor(derive: (info: SelectionInfo) => T) {
    this.#derive = derive;
  }

  of(info: SelectionInfo): T {
    const remembered = this.#find(info);
    const key = remembered.conditions.map((name) => (info.variableValues[name] === true ? '1' : '0')).join('');
    const known = remembered.values.get(key);
    if (known !== undefined) return known;
    const found = this.#derive(info);
    if (remembered.values.size < MAX_REMEMBERED) remembered.values.set(key, found);
    return found;
  }

  #find({ fieldNodes, fragments }: SelectionInfo): RememberedField<T> {
    const [first] = fieldNodes;
    const all = (first && this.#known.get(first)) ?? [];
    const known = all.find(({ nodes }) => isSame(nodes, fieldNodes));
    if (known) return known;
    const found = {
      nodes: [...fieldNodes],
      conditions: conditionsIn(fieldNodes, fragments),
      values: new Map<string, T>(),
    };
    if (first && all.length < MAX_REMEMBERED) this.#known.set(first, [...all, found]);
    return found;
  }
}

function isSame(one: readonly FieldNode[], other: readonly FieldNode[]): boolean {
  return one.length === other.length && one.every((node, index) => node === other[index]);
}

/** Variables that @skip and @include use inside the fields, fragments included. */
function conditionsIn(nodes: readonly FieldNode[], fragments: SelectionInfo['fragments']): string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const look = (selection: SelectionNode): void => {
    for (const { name, arguments: given = [] } of selection.directives ?? [])
      if (name.value === 'skip' || name.value === 'include')
        for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
    const holder = isSpread && !seen.has(selection.name.value) ? fragments[selection.name.value] : selection;
    if (isSpread) seen.add(selection.name.value);
    if (holder && 'selectionSet' in holder) holder.selectionSet?.selections.forEach(look);
  };
  for (const node of nodes) node.selectionSet?.selections.forEach(look);
  return [...names];
}
