import type { FieldPlan } from './field-plan.ts';
import { isPromise, type Path, type Run } from './run.ts';

export type ResultObject = Record<string, unknown>;
export type ExecuteObject = (run: Run, source: object, path: Path | undefined) => ResultObject | Promise<ResultObject>;

/**
 * An object plan as a function of its own, written for these fields: code that all plans share reads and writes properties whose
 * names it only learns at run time, which for an object of a list is most of the work. No key may be `__proto__`. Null
 * where Node was started with --disallow-code-generation-from-strings.
 */
export function writeObject(
  fields: readonly FieldPlan[],
  settled: (answer: ResultObject) => Promise<ResultObject>,
): ExecuteObject | null {
  try {
    const written: unknown = new Function('fields', 'isPromise', 'settled', factoryText(fields))(
      fields,
      isPromise,
      settled,
    );
    return isExecute(written) ? written : null;
  } catch (thrown) {
    if (thrown instanceof EvalError) return null;
    throw thrown;
  }
}

function factoryText(fields: readonly FieldPlan[]): string {
  const variables = ['waits = false', ...fields.map((_, index) => `v${index}`)];
  const answer = `{ ${fields.map(({ key }, index) => `${JSON.stringify(key)}: v${index}`).join(', ')} }`;
  return `
    'use strict';
    ${fields.map((_, index) => `const f${index} = fields[${index}], short${index} = f${index}.short;`).join('\n')}
    return (run, source, path) => {
      let ${variables.join(', ')};
      try {
        ${fields.map(fieldText).join('\n')}
      } catch (thrown) {
        if (!waits) throw thrown;
        return settled(${answer}).finally(() => { throw thrown; });
      }
      return waits ? settled(${answer}) : ${answer};
    };`;
}

/** Puts the value of a field into its variable. Texts, which most are, are looked at no further. */
function fieldText({ property, short, completer }: FieldPlan, index: number): string {
  const [field, value] = [`f${index}`, `v${index}`];
  const wait = `if (isPromise(${value})) waits = true;`;
  if (property === undefined && !short) return `${value} = ${field}.execute(run, source, path); ${wait}`;
  const read = short ? `short${index}(source, run.contextValue)` : `source[${JSON.stringify(property)}]`;
  return `
    try { ${value} = ${read}; } catch (thrown) { ${value} = ${field}.failed(run, path, thrown); }
    ${completer.passesStringsThrough ? `if (typeof ${value} !== 'string')` : ''} {
      ${value} = ${field}.complete(run, source, path, ${value}); ${wait}
    }`;
}

function isExecute(written: unknown): written is ExecuteObject {
  return typeof written === 'function';
}
