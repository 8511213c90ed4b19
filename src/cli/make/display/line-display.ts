import type { ProgressEvent } from '../server/watch.ts';
import type { Display } from './display.ts';
import { clip } from './render.ts';

/** Progress without scenes is printed in these steps. */
const STEP_PERCENT = 5;

/** One line for each significant event, for logs and pipes. */
export class LineDisplay implements Display {
  readonly #out: NodeJS.WritableStream;
  #last: ProgressEvent | undefined;
  #lastPercent = 0;

  constructor(out: NodeJS.WritableStream) {
    this.#out = out;
  }

  title(title: string): void {
    this.#write(`        Its title is "${clip(title, 100)}".`);
  }

  show(event: ProgressEvent): void {
    const last = this.#last;
    this.#last = event;
    const isNews =
      event.stage !== last?.stage || event.stageStatus !== last.stageStatus || event.status !== last.status;
    if (!isNews && event.sceneIndex === null && event.progress < this.#lastPercent + STEP_PERCENT) return;
    this.#lastPercent = event.progress;
    const left = event.etaSeconds === null ? '' : `  (about ${event.etaSeconds} s left)`;
    this.#write(`${String(event.progress).padStart(4)} %  ${event.message}${left}`);
  }

  note(sentence: string): void {
    this.#write(`        ${sentence}`);
  }

  close(): void {}

  #write(line: string): void {
    this.#out.write(`${line}\n`);
  }
}
