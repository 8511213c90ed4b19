import type { ProgressEvent } from '../server/watch.ts';
import type { Display } from './display.ts';
import { advance, noProgress, type Progress } from './progress.ts';
import { paintFor, render } from './render.ts';

/** The used part of a terminal; sizes in characters. */
export interface Terminal extends NodeJS.WritableStream {
  readonly columns: number;
  readonly rows: number;
}

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const ERASE_LINE_END = '\x1b[K';
const ERASE_BELOW = '\x1b[J';
/** Terminals that support it (others ignore it) show the output between the two sequences at once, without flicker. */
const BEGIN_UPDATE = '\x1b[?2026h';
const END_UPDATE = '\x1b[?2026l';
const REDRAW_MS = 120;

/** Redraws a few lines in place. The caller closes it in any case. */
export class LiveDisplay implements Display {
  readonly #out: Terminal;
  readonly #timer: NodeJS.Timeout;
  readonly #restore = () => this.#out.write(SHOW_CURSOR);
  readonly #redraw = () => this.#draw();
  #progress: Progress;
  #drawn = 0;
  #isOpen = true;

  constructor(out: Terminal, title: string) {
    this.#out = out;
    this.#progress = noProgress(title, Date.now());
    process.once('exit', this.#restore);
    out.on('resize', this.#redraw);
    out.write(HIDE_CURSOR);
    this.#draw();
    this.#timer = setInterval(this.#redraw, REDRAW_MS);
  }

  title(title: string): void {
    this.#progress = { ...this.#progress, title };
  }

  show(event: ProgressEvent): void {
    this.#progress = advance(this.#progress, event, Date.now());
    this.#draw();
  }

  note(sentence: string): void {
    this.#progress = { ...this.#progress, message: sentence };
    this.#draw();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearInterval(this.#timer);
    this.#out.off('resize', this.#redraw);
    process.off('exit', this.#restore);
    this.#draw();
    this.#restore();
  }

  #draw(): void {
    // Some terminals report a size of 0 if it is unknown.
    const size = { columns: this.#out.columns || 80, rows: this.#out.rows || 24 };
    const lines = render(this.#progress, { ...size, now: Date.now(), paint: paintFor(this.#out) });
    const up = this.#drawn > 0 ? `\x1b[${this.#drawn}A` : '';
    const text = lines.map((line) => `${line}${ERASE_LINE_END}\n`).join('');
    this.#out.write(`${BEGIN_UPDATE}${up}\r${text}${ERASE_BELOW}${END_UPDATE}`);
    this.#drawn = lines.length;
  }
}

export function isTerminal(out: NodeJS.WritableStream): out is Terminal {
  return 'isTTY' in out && out.isTTY === true;
}
