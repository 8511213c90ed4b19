import { type CallExpression, type Expression, type NewExpression, parseSync, Visitor } from 'oxc-parser';

/** A position in a source file; lines count from 1. */
interface SourceLocation {
  readonly file: string;
  readonly line: number;
}

/** A regular-expression literal. */
export interface Literal extends SourceLocation {
  readonly pattern: string;
  readonly flags: string;
}

/** An expression that is allowed only in the listed files. `text` is its source text. */
export interface Use extends SourceLocation {
  readonly kind: 'pattern built at run time' | 'Unicode normalization';
  readonly text: string;
}

export interface Collected {
  readonly literals: Literal[];
  readonly uses: Use[];
}

/** String methods that turn a string argument into a regular expression. */
const COMPILING_METHODS = new Set(['match', 'matchAll', 'search']);

/** Finds every regular expression and every call to `normalize` in a TypeScript file. Throws if it does not parse. */
export function collect(file: string, source: string): Collected {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const found: Collected = { literals: [], uses: [] };
  const line = (offset: number) => source.slice(0, offset).split('\n').length;
  const use = (kind: Use['kind'], node: { start: number; end: number }) =>
    found.uses.push({ kind, file, line: line(node.start), text: source.slice(node.start, node.end) });
  new Visitor({
    Literal(node) {
      if ('regex' in node) found.literals.push({ file, line: line(node.start), ...node.regex });
    },
    NewExpression(node) {
      if (buildsPattern(node)) use('pattern built at run time', node);
    },
    CallExpression(node) {
      if (buildsPattern(node) || compilesString(node)) use('pattern built at run time', node);
      else if (methodOf(node) === 'normalize') use('Unicode normalization', node);
    },
  }).visit(program);
  return found;
}

/** `RegExp(…)`, `new RegExp(…)` and the same through `globalThis`. */
function buildsPattern({ callee }: NewExpression | CallExpression): boolean {
  return nameOf(callee) === 'RegExp';
}

/** `text.match('a+')`: the string becomes a pattern without a literal. */
function compilesString(node: CallExpression): boolean {
  const [argument] = node.arguments;
  const isText =
    argument?.type === 'TemplateLiteral' || (argument?.type === 'Literal' && typeof argument.value === 'string');
  return isText && COMPILING_METHODS.has(methodOf(node) ?? '');
}

function methodOf({ callee }: CallExpression): string | undefined {
  return callee.type === 'MemberExpression' ? nameOf(callee) : undefined;
}

/** The last name of `a`, `a.b` and `a['b']`. */
function nameOf(node: Expression): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression') return undefined;
  const { property } = node;
  if (property.type === 'Identifier') return property.name;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}
