import { hash } from 'node:crypto';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { operationIn, Plan } from './plan.ts';

export interface PlanCacheLimits {
  /** Documents kept. */
  readonly documents: number;
  /** Letters of all documents kept together. */
  readonly letters: number;
  /** Hashes remembered of documents that were seen once. */
  readonly strangers: number;
}

/** At 110 bytes of memory a letter (bench/graphql-memory.ts) these are 28 MB at the most. */
export const DEFAULT_PLAN_LIMITS: PlanCacheLimits = { documents: 1_000, letters: 250_000, strangers: 4_096 };

export interface PlanCacheOptions {
  readonly schema: GraphQLSchema;
  readonly hideSuggestions: boolean;
  readonly limits?: PlanCacheLimits;
}

/** The name of a document in the cache: SHA-256 of its text, hex, as automatic persisted queries use it too. */
export function hashOfDocument(text: string): string {
  return hash('sha256', text);
}

/** A validated document and the plans of its operations. */
export class PlannedDocument {
  readonly document: DocumentNode;
  readonly #plans = new Map<string, Plan>();
  readonly #options: PlanCacheOptions;

  constructor(document: DocumentNode, options: PlanCacheOptions) {
    this.document = document;
    this.#options = options;
  }

  /** Null where the name fits none of the operations, or is needed and was not given. */
  plan(operationName: string | null | undefined): Plan | null {
    const name = operationName ?? '';
    const known = this.#plans.get(name);
    if (known) return known;
    const operation = operationIn(this.document, operationName);
    if (!operation) return null;
    const { schema, hideSuggestions } = this.#options;
    const plan = new Plan({ schema, document: this.document, operation, hideSuggestions });
    this.#plans.set(name, plan);
    return plan;
  }
}

interface Kept {
  readonly planned: PlannedDocument;
  readonly letters: number;
}

/**
 * Validated documents by the hash of their text, those used last longest. A document is kept from its second use on: what is
 * never repeated leaves nothing but its hash, and cannot push out what is.
 */
export class PlanCache {
  readonly #options: PlanCacheOptions;
  readonly #limits: PlanCacheLimits;
  /** The least recently used first, as a Map keeps the order of insertion. */
  readonly #kept = new Map<string, Kept>();
  /** The same by their text, which they hold anyway: a text is looked up without its hash being made. */
  readonly #byText = new Map<string, string>();
  readonly #seenOnce = new Set<string>();
  /** The last of those kept. */
  #newest: string | undefined;
  #letters = 0;

  constructor(options: PlanCacheOptions) {
    this.#options = options;
    this.#limits = options.limits ?? DEFAULT_PLAN_LIMITS;
  }

  /** Documents kept, and letters in them. */
  get size(): { readonly documents: number; readonly letters: number } {
    return { documents: this.#kept.size, letters: this.#letters };
  }

  find(name: string): PlannedDocument | undefined {
    const found = this.#kept.get(name);
    if (!found) return undefined;
    if (name !== this.#newest) {
      this.#kept.delete(name);
      this.#kept.set(name, found);
      this.#newest = name;
    }
    return found.planned;
  }

  findText(text: string): PlannedDocument | undefined {
    const name = this.#byText.get(text);
    return name === undefined ? undefined : this.find(name);
  }

  /** For a document that was just parsed and found valid; `letters` is the length of its text. */
  add(name: string, document: DocumentNode, letters: number): PlannedDocument {
    const known = this.find(name);
    if (known) return known;
    const planned = new PlannedDocument(document, this.#options);
    if (letters <= this.#limits.letters && this.#isSecondUse(name)) this.#keep(name, { planned, letters });
    return planned;
  }

  /** For a document that is not to be remembered. */
  once(document: DocumentNode): PlannedDocument {
    return new PlannedDocument(document, this.#options);
  }

  #keep(name: string, kept: Kept): void {
    this.#kept.set(name, kept);
    this.#newest = name;
    const text = textOf(kept);
    if (text !== undefined) this.#byText.set(text, name);
    this.#letters += kept.letters;
    for (const [oldest, old] of this.#kept) {
      if (this.#kept.size <= this.#limits.documents && this.#letters <= this.#limits.letters) return;
      this.#kept.delete(oldest);
      this.#byText.delete(textOf(old) ?? '');
      this.#letters -= old.letters;
    }
  }

  #isSecondUse(name: string): boolean {
    if (this.#seenOnce.delete(name)) return true;
    this.#seenOnce.add(name);
    for (const oldest of this.#seenOnce) {
      if (this.#seenOnce.size <= this.#limits.strangers) break;
      this.#seenOnce.delete(oldest);
    }
    return false;
  }
}

function textOf({ planned }: Kept): string | undefined {
  return planned.document.loc?.source.body;
}
