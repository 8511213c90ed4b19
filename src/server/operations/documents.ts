import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { DocumentCache, hashOfDocument, PreparedDocument } from '../../execution/document-cache.ts';
import type { ExecutableOperation, Executor } from '../../execution/executor.ts';
import type { OperationRules } from '../ports.ts';
import { withCode } from './error-codes.ts';
import { conditionErrors, subscriptionRule } from './subscription-rule.ts';

export interface DocumentsOptions {
  readonly schema: GraphQLSchema;
  readonly rules: OperationRules;
  readonly introspection: boolean;
  /** Leaves "Did you mean …?" out of messages. */
  readonly hideSuggestions: boolean;
  readonly executor: Executor;
}

const INVALID = 'GRAPHQL_VALIDATION_FAILED';
const STANDARD_RULES: readonly ValidationRule[] = specifiedRules.map((rule) =>
  rule === SingleFieldSubscriptionsRule ? subscriptionRule : rule,
);

/**
 * Parses, validates and caches documents. Apollo parses and validates those of its requests itself, with the same rules, and stores
 * them here.
 */
export class Documents {
  readonly #options: DocumentsOptions;
  /** The rules beside those of the specification. */
  readonly ownRules: readonly ValidationRule[];
  readonly #cache: DocumentCache;
  /** Prepared documents by the parsed document that Apollo holds. */
  readonly #byDocument = new WeakMap<DocumentNode, PreparedDocument>();

  constructor(options: DocumentsOptions) {
    const { rules, introspection, executor } = options;
    this.#options = options;
    this.ownRules = introspection ? rules.validationRules : [...rules.validationRules, NoSchemaIntrospectionCustomRule];
    this.#cache = new DocumentCache({ executor });
  }

  /** Parses and validates what is not cached; the errors, where there are any, are the client's. */
  prepare(query: string): PreparedDocument | readonly GraphQLError[] {
    const known = this.#cache.findText(query);
    if (known) return known;
    const document = this.#parse(query);
    if (document instanceof GraphQLError) return [document];
    const errors = this.#validate(document);
    return errors.length > 0 ? errors : this.#cache.add(hashOfDocument(query), document, query.length);
  }

  /** An operation of a cached document; null where the document has to be parsed and validated first. */
  findOperation(query: string, operationName: string | null | undefined): ExecutableOperation | null {
    return this.#cache.findText(query)?.operation(operationName) ?? null;
  }

  /**
   * Errors of a document that must not reach Apollo: it always applies the rule of graphql-js that `subscriptionRule` replaces, and
   * that rule throws.
   */
  errorsBeforeApollo(query: string): readonly GraphQLError[] {
    if (!query.includes('subscription') || !query.includes('@')) return [];
    const document = this.#parse(query);
    return document instanceof GraphQLError ? [] : conditionErrors(document).map((error) => withCode(error, INVALID));
  }

  /** The cached document of this SHA-256 (hex). */
  find(key: string): DocumentNode | undefined {
    const prepared = this.#cache.find(key);
    if (prepared) this.#byDocument.set(prepared.document, prepared);
    return prepared?.document;
  }

  /** Offers a document that Apollo has validated to the cache. */
  store(key: string, document: DocumentNode): void {
    this.#byDocument.set(document, this.#cache.add(key, document, document.loc?.end ?? 0));
  }

  /** An operation of a document that Apollo has validated; null where no operation has this name. */
  operationOf(document: DocumentNode, operationName: string | null | undefined): ExecutableOperation | null {
    const prepared = this.#byDocument.get(document) ?? this.#cache.uncached(document);
    return prepared.operation(operationName);
  }

  #parse(query: string): DocumentNode | GraphQLError {
    try {
      return parse(query, this.#options.rules.parseOptions);
    } catch (error) {
      if (error instanceof GraphQLError) return withCode(error, 'GRAPHQL_PARSE_FAILED');
      throw error;
    }
  }

  #validate(document: DocumentNode): GraphQLError[] {
    const { schema, hideSuggestions } = this.#options;
    const found = validate(schema, document, [...STANDARD_RULES, ...this.ownRules], { hideSuggestions });
    return found.map((error) => withCode(error, INVALID));
  }
}
