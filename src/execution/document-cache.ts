import { hash } from 'node:crypto';
import { type DocumentNode, getOperationAST } from 'graphql';
import type { ExecutableOperation, Executor } from './executor.ts';
import { SecondUseCache, type SecondUseCacheLimits } from './second-use-cache.ts';

/** At 110 bytes of memory for each character (bench/profile/graphql-memory.ts) the cached documents take at most 28 MB. */
export const DEFAULT_CACHE_LIMITS: SecondUseCacheLimits = {
  maxEntries: 1_000,
  characters: 250_000,
  maxProbation: 4_096,
};

export interface DocumentCacheOptions {
  readonly executor: Executor;
  readonly limits?: SecondUseCacheLimits;
}

/** The key of a document in the cache: SHA-256 of its text, hex, as automatic persisted queries use it too. */
export function hashOfDocument(text: string): string {
  return hash('sha256', text);
}

/** A validated document and its prepared operations. */
export class PreparedDocument {
  readonly document: DocumentNode;
  readonly #executor: Executor;
  readonly #operations = new Map<string, ExecutableOperation>();

  constructor(document: DocumentNode, executor: Executor) {
    this.document = document;
    this.#executor = executor;
  }

  /** Null where no operation has this name, or where a name is needed and was not given. */
  operation(operationName: string | null | undefined): ExecutableOperation | null {
    const name = operationName ?? '';
    const known = this.#operations.get(name);
    if (known) return known;
    const definition = getOperationAST(this.document, operationName);
    if (!definition) return null;
    const prepared = this.#executor.prepare(this.document, definition);
    this.#operations.set(name, prepared);
    return prepared;
  }
}

/** Validated documents by the hash of their text; a document that comes only once is not kept. */
export class DocumentCache {
  readonly #executor: Executor;
  readonly #documents: SecondUseCache<PreparedDocument>;
  /** Keys of the cached documents by their text, which the documents hold anyway: a text is found without hashing it. */
  readonly #byText = new Map<string, string>();

  constructor({ executor, limits = DEFAULT_CACHE_LIMITS }: DocumentCacheOptions) {
    this.#executor = executor;
    this.#documents = new SecondUseCache(limits, (evicted) => this.#byText.delete(textOf(evicted) ?? ''));
  }

  /** Documents in the cache, and their characters in all. */
  get size(): { readonly count: number; readonly characters: number } {
    return this.#documents.size;
  }

  find(key: string): PreparedDocument | undefined {
    return this.#documents.find(key);
  }

  findText(text: string): PreparedDocument | undefined {
    const key = this.#byText.get(text);
    return key === undefined ? undefined : this.find(key);
  }

  /** For a document that has just been parsed and validated; `characters` is the length of its text. */
  add(key: string, document: DocumentNode, characters: number): PreparedDocument {
    const known = this.find(key);
    if (known) return known;
    const prepared = this.uncached(document);
    const text = textOf(prepared);
    if (this.#documents.offer(key, prepared, characters) && text !== undefined) this.#byText.set(text, key);
    return prepared;
  }

  /** For a document that is not to be cached. */
  uncached(document: DocumentNode): PreparedDocument {
    return new PreparedDocument(document, this.#executor);
  }
}

function textOf({ document }: PreparedDocument): string | undefined {
  return document.loc?.source.body;
}
