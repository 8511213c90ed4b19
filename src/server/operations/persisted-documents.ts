import { hash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { badInput } from '../failures.ts';

/** Documents by their SHA-256, as 64 hexadecimal digits in lower case. */
export type ListedDocuments = ReadonlyMap<string, string>;

export interface PersistedDocumentsOptions {
  readonly listed?: ListedDocuments | undefined;
  /** True where only listed documents may run. */
  readonly onlyListed?: boolean | undefined;
}

/** The part of a request that says which document it runs. */
export interface RequestedDocument {
  readonly query?: string | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Of documents that clients have stored: their number, the characters of one, and the characters of all. */
const MOST = 1_000;
const LONGEST = 65_536;
const CHARACTERS = 4_000_000;

/**
 * Documents that a request may name by their hash: those of a list, and those that clients have sent with their hash before (automatic
 * persisted queries, version 1). A client cannot store a document under the hash of another, nor more than the bounds: the
 * document that was not used for the longest time is dropped first, and its next request gets PERSISTED_QUERY_NOT_FOUND.
 */
export class PersistedDocuments {
  readonly #listed: ListedDocuments;
  readonly #allowed: ReadonlySet<string> | null;
  /** In the order of their last use. */
  readonly #stored = new Map<string, string>();
  #characters = 0;

  constructor({ listed = new Map(), onlyListed = false }: PersistedDocumentsOptions = {}) {
    this.#listed = listed;
    this.#allowed = onlyListed ? new Set(listed.values()) : null;
  }

  /** The text of the document, or why it cannot run. */
  textOf(request: RequestedDocument): string | GraphQLError {
    const sha256 = hashIn(request);
    // graphql-ws requires a text, which is empty where there is a hash.
    const query = request.query || undefined;
    if (query === undefined && sha256 !== undefined) return this.find(sha256) ?? notFound();
    if (query === undefined) return badInput('A request needs "query", or the hash of a document in "extensions".');
    if (sha256 !== undefined && sha256 !== hashOf(query))
      return badInput('The hash is not the SHA-256 of the document.');
    return this.refusalOf(query) ?? query;
  }

  /** Why this document may not run; undefined where it may. */
  refusalOf(query: string): GraphQLError | undefined {
    if (this.#allowed === null || this.#allowed.has(query)) return undefined;
    return badInput('This server runs only the documents of its list: send one of them, unchanged, or its SHA-256.');
  }

  find(sha256: string): string | undefined {
    const text = this.#listed.get(sha256) ?? this.#stored.get(sha256);
    if (text !== undefined && this.#stored.delete(sha256)) this.#stored.set(sha256, text);
    return text;
  }

  /** Stores the document of a request that named its hash and has been validated. */
  store(request: RequestedDocument): void {
    const sha256 = hashIn(request);
    const text = request.query || undefined;
    if (this.#allowed !== null || sha256 === undefined || text === undefined || text.length > LONGEST) return;
    if (this.#listed.has(sha256) || this.#stored.has(sha256)) return;
    this.#stored.set(sha256, text);
    this.#characters += text.length;
    for (const [oldest, { length }] of this.#stored) {
      if (this.#stored.size <= MOST && this.#characters <= CHARACTERS) return;
      this.#stored.delete(oldest);
      this.#characters -= length;
    }
  }
}

export function hashOf(text: string): string {
  return hash('sha256', text, 'hex');
}

function hashIn({ extensions }: RequestedDocument): string | undefined {
  const reference = extensions?.['persistedQuery'];
  if (typeof reference !== 'object' || reference === null || !('sha256Hash' in reference)) return undefined;
  return typeof reference.sha256Hash === 'string' ? reference.sha256Hash : '';
}

/** As Apollo says it: clients look for the code or for the message. */
function notFound(): GraphQLError {
  return new GraphQLError('PersistedQueryNotFound', { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } });
}
