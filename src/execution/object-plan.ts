import type { FieldPlan } from './field-plan.ts';
import { isPromise, type Path, type Run } from './run.ts';

export type ResultObject = Record<string, unknown>;

/** The selected fields of one object type at one place of a document. */
export class ObjectPlan {
  readonly fields: readonly FieldPlan[];
  /** True where an alias is `__proto__`: on an object with a prototype it would set the prototype and not a property. */
  readonly #bare: boolean;

  constructor(fields: readonly FieldPlan[]) {
    this.fields = fields;
    this.#bare = fields.some(({ key }) => key === '__proto__');
  }

  /** Executes all fields concurrently, as queries do. */
  execute(run: Run, source: unknown, path: Path | undefined): ResultObject | Promise<ResultObject> {
    const answer = this.#empty();
    let waits = false;
    try {
      for (const field of this.fields) {
        const value = field.execute(run, source, path);
        answer[field.key] = value;
        if (isPromise(value)) waits = true;
      }
    } catch (error) {
      if (!waits) throw error;
      // Waits for the fields that have begun, so that no rejection is left unhandled.
      return this.#settled(answer).finally(() => {
        throw error;
      });
    }
    return waits ? this.#settled(answer) : answer;
  }

  /** Executes the fields one after the other, as mutations do. */
  executeSerially(run: Run, source: unknown): ResultObject | Promise<ResultObject> {
    let result: ResultObject | Promise<ResultObject> = this.#empty();
    for (const field of this.fields) {
      const next = (answer: ResultObject): ResultObject | Promise<ResultObject> => {
        const value = field.execute(run, source, undefined);
        // A native promise, whatever thenable the resolver returned: the next field waits for it.
        if (isPromise(value)) return Promise.resolve(value).then((settled) => put(answer, field.key, settled));
        return put(answer, field.key, value);
      };
      result = result instanceof Promise ? result.then(next) : next(result);
    }
    return result;
  }

  #settled(answer: ResultObject): Promise<ResultObject> {
    const awaited = this.fields.filter(({ key }) => isPromise(answer[key]));
    const [only] = awaited;
    const onlyPromise = only && awaited.length === 1 ? answer[only.key] : undefined;
    // Takes as many microtasks as Promise.all, so that errors keep their order, at a third of its cost.
    const all =
      onlyPromise instanceof Promise ? onlyPromise.then(asList) : Promise.all(awaited.map(({ key }) => answer[key]));
    return all.then((values) => {
      for (const [index, { key }] of awaited.entries()) answer[key] = values[index];
      return answer;
    });
  }

  #empty(): ResultObject {
    return this.#bare ? Object.create(null) : {};
  }
}

function asList(value: unknown): unknown[] {
  return [value];
}

function put(answer: ResultObject, key: string, value: unknown): ResultObject {
  answer[key] = value;
  return answer;
}
