import type { FieldPlan } from './field-plan.ts';
import { isPromise, type Path, type Run } from './run.ts';
import { type Answer, type ExecuteObject, writeObject } from './written-object.ts';

/** The fields that are asked of one type of object at one place of a document. */
export class ObjectPlan {
  readonly fields: readonly FieldPlan[];
  /** On an object with a prototype the alias `__proto__` would set that instead of a property. */
  readonly #bare: boolean;
  #made = 0;
  #written: ExecuteObject | null = null;

  constructor(fields: readonly FieldPlan[]) {
    this.fields = fields;
    this.#bare = fields.some(({ key }) => key === '__proto__');
  }

  /** All fields at once, as queries do. */
  execute(run: Run, source: unknown, path: Path | undefined): Answer | Promise<Answer> {
    if (!this.#written && this.#made++ === run.writeAfter && !this.#bare)
      this.#written = writeObject(this.fields, (answer) => this.#settled(answer));
    if (this.#written && typeof source === 'object' && source !== null) return this.#written(run, source, path);
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
      // What was begun is waited for, so that none of its failures is left without a listener.
      return this.#settled(answer).finally(() => {
        throw error;
      });
    }
    return waits ? this.#settled(answer) : answer;
  }

  /** One after the other, as mutations do. */
  executeSerially(run: Run, source: unknown): Answer | Promise<Answer> {
    let soFar: Answer | Promise<Answer> = this.#empty();
    for (const field of this.fields) {
      const next = (answer: Answer): Answer | Promise<Answer> => {
        const value = field.execute(run, source, undefined);
        // The library's own promise, whatever was given: the next field waits for it.
        if (isPromise(value)) return Promise.resolve(value).then((settled) => put(answer, field.key, settled));
        return put(answer, field.key, value);
      };
      soFar = soFar instanceof Promise ? soFar.then(next) : next(soFar);
    }
    return soFar;
  }

  #settled(answer: Answer): Promise<Answer> {
    const awaited = this.fields.filter(({ key }) => isPromise(answer[key]));
    const [only] = awaited;
    const alone = only && awaited.length === 1 ? answer[only.key] : undefined;
    // As many turns as Promise.all takes, so that errors keep their order, at a third of its cost.
    const all = alone instanceof Promise ? alone.then(asList) : Promise.all(awaited.map(({ key }) => answer[key]));
    return all.then((values) => {
      for (const [index, { key }] of awaited.entries()) answer[key] = values[index];
      return answer;
    });
  }

  #empty(): Answer {
    return this.#bare ? Object.create(null) : {};
  }
}

function asList(value: unknown): unknown[] {
  return [value];
}

function put(answer: Answer, key: string, value: unknown): Answer {
  answer[key] = value;
  return answer;
}
