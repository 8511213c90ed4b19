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
import { DocumentBudget } from './document-budget.ts';
import { withCode } from './error-codes.ts';
import { conditionErrors, subscriptionRule } from './subscription-rule.ts';

export interface DocumentsOptions {
  readonly schema: GraphQLSchema;
  readonly rules: OperationRules;
  readonly introspection: boolean;
  /** Leaves "Did you mean …?" out of messages. */
  readonly hideSuggestions: boolean;
  readonly executor: Executor;
  readonly budget?: DocumentBudget | undefined;
}

const INVALID = 'GRAPHQL_VALIDATION_FAILED';
/** Errors of one document that are looked for: each of them may take a search for similar names. */
export const MAX_ERRORS = 10;
/** What is taken for Apollo's validation of a document within the limits, which takes 1 to 40 ms and cannot be measured here. */
const APOLLO_MS = 20;
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
  readonly #budget: DocumentBudget;
  /** Prepared documents by the parsed document that Apollo holds. */
  readonly #byDocument = new WeakMap<DocumentNode, PreparedDocument>();

  constructor(options: DocumentsOptions) {
    const { rules, introspection, executor } = options;
    this.#options = options;
    this.ownRules = introspection ? rules.validationRules : [...rules.validationRules, NoSchemaIntrospectionCustomRule];
    this.#cache = new DocumentCache({ executor });
    this.#budget = options.budget ?? new DocumentBudget();
  }

  /**
   * Parses and validates what is not cached, in the time that `caller` has for that; the errors, where there are any, are the client's.
   * Throws RateLimitedError.
   */
  prepare(query: string, caller: string): PreparedDocument | readonly GraphQLError[] {
    return this.#cache.findText(query) ?? this.#budget.spend(caller, () => this.#prepareUnknown(query));
  }

  #prepareUnknown(query: string): PreparedDocument | readonly GraphQLError[] {
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
   * Errors of a document that must not reach Apollo: those of the limits, which Apollo finds together with what takes long to find in a
   * document beyond them; and those of the rule of graphql-js that `subscriptionRule` replaces, which Apollo always applies, and which
   * throws. Throws RateLimitedError, see `prepare`.
   */
  errorsBeforeApollo(query: string, caller: string): readonly GraphQLError[] {
    if (this.#cache.findText(query)) return [];
    return this.#budget.spend(
      caller,
      () => {
        const document = this.#parse(query);
        // Apollo finds it again, with its own code.
        if (document instanceof GraphQLError) return [];
        const beyond = this.#beyondLimits(document);
        if (beyond.length > 0) return beyond;
        return conditionErrors(document).map((error) => withCode(error, INVALID));
      },
      APOLLO_MS,
    );
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

  /** The limits first: what exceeds them is not looked at further, because graphql-js compares fields in pairs. */
  #validate(document: DocumentNode): readonly GraphQLError[] {
    const beyond = this.#beyondLimits(document);
    return beyond.length > 0 ? beyond : this.#validateByStandard(document);
  }

  #beyondLimits(document: DocumentNode): readonly GraphQLError[] {
    return this.#errorsOf(document, this.ownRules);
  }

  #validateByStandard(document: DocumentNode): readonly GraphQLError[] {
    return this.#errorsOf(document, STANDARD_RULES);
  }

  #errorsOf(document: DocumentNode, rules: readonly ValidationRule[]): readonly GraphQLError[] {
    const { schema, hideSuggestions } = this.#options;
    const found = validate(schema, document, rules, { hideSuggestions, maxErrors: MAX_ERRORS });
    return found.map((error) => withCode(error, INVALID));
  }
}
