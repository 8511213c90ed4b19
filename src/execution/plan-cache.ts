import { hash } from 'node:crypto';
import type { DocumentNode } from 'graphql';
import { operationIn, Plan, type PlanOptions } from './plan.ts';
import { SecondUseCache, type SecondUseCacheLimits } from './second-use-cache.ts';

/** At 110 bytes of memory for each character (bench/profile/graphql-memory.ts) the cached documents take at most 28 MB. */
export const DEFAULT_PLAN_LIMITS: SecondUseCacheLimits = {
  maxEntries: 1_000,
  characters: 250_000,
  maxProbation: 4_096,
};

export interface PlanCacheOptions extends Omit<PlanOptions, 'document' | 'operation'> {
  readonly limits?: SecondUseCacheLimits;
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
    const plan = new Plan({ ...this.#options, document: this.document, operation });
    this.#plans.set(name, plan);
    return plan;
  }
}

/** Validated documents by the hash of their text; what is never repeated is not kept. */
export class PlanCache {
  readonly #options: PlanCacheOptions;
  readonly #documents: SecondUseCache<PlannedDocument>;
  /** The names of those kept by their text, which they hold anyway: a text is looked up without its hash being made. */
  readonly #byText = new Map<string, string>();

  constructor(options: PlanCacheOptions) {
    this.#options = options;
    this.#documents = new SecondUseCache(options.limits ?? DEFAULT_PLAN_LIMITS, (planned) =>
      this.#byText.delete(textOf(planned) ?? ''),
    );
  }

  /** Documents kept, and letters in them. */
  get size(): { readonly count: number; readonly characters: number } {
    return this.#documents.size;
  }

  find(name: string): PlannedDocument | undefined {
    return this.#documents.find(name);
  }

  findText(text: string): PlannedDocument | undefined {
    const name = this.#byText.get(text);
    return name === undefined ? undefined : this.find(name);
  }

  /** For a document that was just parsed and found valid; `letters` is the length of its text. */
  add(name: string, document: DocumentNode, characters: number): PlannedDocument {
    const known = this.find(name);
    if (known) return known;
    const planned = this.uncached(document);
    const text = textOf(planned);
    if (this.#documents.offer(name, planned, characters) && text !== undefined) this.#byText.set(text, name);
    return planned;
  }

  /** For a document that is not to be remembered. */
  uncached(document: DocumentNode): PlannedDocument {
    return new PlannedDocument(document, this.#options);
  }
}

function textOf({ document }: PlannedDocument): string | undefined {
  return document.loc?.source.body;
}
