import type { ParseOptions, ValidationRule } from 'graphql';
import { aliasRule, depthRule, fragmentRule, onceRule, repeatedFieldRule, rootFieldRule } from './limit-rules.ts';
import { nodeRule } from './node-rule.ts';

/** The limits of one document. Everything up to and including the number is allowed. */
export const limits = {
  /** Tokens of the document. */
  tokens: 2_000,
  /** Nesting depth of fields; `{ a { b } }` has two. */
  depth: 12,
  aliases: 30,
  fragments: 50,
  /** Selections of one name beside each other; graphql-js compares each with each. */
  repeatedFields: 100,
  rootFields: 20,
  /** The largest possible number of rows of pages and lists in the answer. */
  nodes: 10_000,
} as const;

/** The root fields that hash a password. Some are not in the schema yet. */
const HASHING_FIELDS: ReadonlySet<string> = new Set([
  'register',
  'login',
  'changePassword',
  'resetPassword',
  'changeEmail',
  'deleteAccount',
]);

/** For graphql's `parse`: a document that is too long is a syntax error, found before all of it has been read. */
export const parseOptions: ParseOptions = { maxTokens: limits.tokens };

/** Checked in addition to graphql's own rules, for every operation on every transport. */
export const validationRules: readonly ValidationRule[] = [
  depthRule(limits.depth),
  aliasRule(limits.aliases),
  fragmentRule(limits.fragments),
  repeatedFieldRule(limits.repeatedFields),
  rootFieldRule(limits.rootFields),
  onceRule(HASHING_FIELDS),
  nodeRule(limits.nodes),
];
