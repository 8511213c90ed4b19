import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProgressEvent } from '../server/watch.ts';
import { LiveDisplay } from './live-display.ts';

const ESC = '\x1b';
const PARTS = new RegExp(`${ESC}\\[[?\\d]*[A-Za-z]|\\n|\\r|[^${ESC}\\n\\r]+`, 'gu');
const UP = new RegExp(`^${ESC}\\[(\\d+)A$`);

/** Interprets the few escape sequences that a display may send, and keeps the visible text. */
class Screen extends Writable {
  columns = 80;
  rows = 30;
  lines = ['$ make'];
  at = 1;
  cursorIsHidden = false;

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    for (const [part] of String(chunk).matchAll(PARTS)) this.#take(part);
    done();
  }

  get seen(): string {
    return this.lines.map((line) => line.trimEnd()).join('\n');
  }

  #take(part: string): void {
    const up = UP.exec(part)?.[1];
    if (up) this.at -= Number(up);
    else if (part === '\n') this.at++;
    else if (part === `${ESC}[?25l`) this.cursorIsHidden = true;
    else if (part === `${ESC}[?25h`) this.cursorIsHidden = false;
    else if (part === `${ESC}[J`) this.lines.length = this.at;
    else if (part === '\r' || part === `${ESC}[K` || part.startsWith(`${ESC}[?2026`)) return;
    else if (part.startsWith(ESC)) throw new Error(`Unknown escape sequence ${JSON.stringify(part)}`);
    else this.lines[this.at] = part;
  }
}

function event(changes: Partial<ProgressEvent>): ProgressEvent {
  const nothing = { stage: null, stageStatus: null, sceneIndex: null, sceneCount: null, etaSeconds: null, error: null };
  const at = new Date().toISOString();
  return { id: 'e', run: 1, status: 'PROCESSING', progress: 0, message: '', at, ...nothing, ...changes };
}

const speaking = event({ stage: 'SPEECH', stageStatus: 'RUNNING', progress: 40, message: 'Speaking.' });

let screen: Screen;
let display: LiveDisplay;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubEnv('NO_COLOR', '1');
  screen = new Screen();
  display = new LiveDisplay(screen, 'A film');
});
afterEach(() => {
  display.close();
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('The progress bars of a terminal', () => {
  it('are redrawn in place, below the previous output', () => {
    display.show(speaking);
    const once = screen.lines.length;
    for (let times = 0; times < 20; times++) display.show(speaking);
    expect(screen.lines).toHaveLength(once);
    expect(screen.seen).toMatch(/^\$ make\n {2}A film\n\n {2}✓ Script .*\n {2}› Voice .* 50 %/);
  });

  it('are updated between two events', () => {
    display.show(speaking);
    vi.advanceTimersByTime(3_000);
    expect(screen.seen).toMatch(/Voice .* [23]\.\d s\n/);
  });

  it('shrink with the height of the window, and leave no remains', () => {
    screen.rows = 8;
    display.show(speaking);
    expect(screen.seen).toMatch(/^\$ make\n +Video .*\n {2}Speaking\.$/);
  });

  it('hide the cursor, and restore it once, however often they are closed', () => {
    const listeners = process.listenerCount('exit');
    expect(screen.cursorIsHidden).toBe(true);
    display.close();
    expect(screen.cursorIsHidden).toBe(false);
    expect(process.listenerCount('exit')).toBe(listeners - 1);
    expect(screen.listenerCount('resize')).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    screen.write('done');
    display.close();
    expect(screen.seen).toMatch(/\ndone$/);
  });

  it('are shown together with notes that are no step of the video', () => {
    display.title('Another title');
    display.note('The connection is lost.');
    expect(screen.seen).toMatch(/Another title/);
    expect(screen.seen).toMatch(/The connection is lost\.$/);
  });
});
