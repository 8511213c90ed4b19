import { styleText } from 'node:util';
import { columnsOf, glyphsOf } from '../../../media/captions/glyph-width.ts';
import { etaOf, type Progress, type StageProgress, tookOf } from './progress.ts';

export type Style = 'bold' | 'dim' | 'green' | 'cyan' | 'red' | 'yellow';
/** Adds colour where the output shows it; the result is as wide as the text. */
export type Paint = (style: Style, text: string) => string;

/** For this output: NO_COLOR and FORCE_COLOR count, and whether it is a terminal (https://no-color.org). */
export function paintFor(stream: NodeJS.WritableStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

/** Size of the terminal in characters, and the time to render. */
export interface Frame {
  readonly columns: number;
  readonly rows: number;
  readonly now: number;
  readonly paint: Paint;
}

const LABEL_COLUMNS = 9;
const MAX_COLUMNS = 100;
/** Minimum widths for the bar, for the scenes, for the times. */
const MIN_COLUMNS = { bar: 26, scenes: 48, times: 60 } as const;
const SIGNS = { waiting: ' ', running: '›', done: '✓', failed: '✗' } as const;
const STYLES: Readonly<Record<StageProgress['state'], Style>> = {
  waiting: 'dim',
  running: 'cyan',
  done: 'green',
  failed: 'red',
};

/**
 * The lines that show the progress of a video; none is wider than the terminal or wraps. A low terminal gets only the
 * last ones.
 */
export function render(progress: Progress, frame: Frame): string[] {
  const columns = Math.max(1, Math.min(frame.columns - 1, MAX_COLUMNS));
  const sized = { ...frame, columns };
  const stages = progress.stages.map((stage) => stageLine(stage, progress, sized));
  // The bars show the percentage; a second one, rounded differently, would contradict it.
  const sentence = progress.message.replace(/: \d+ %\.$/, ' …');
  const message = frame.paint('dim', clip(`  ${sentence}`, columns));
  const title = frame.paint('bold', clip(`  ${progress.title}`, columns));
  const lines = [title, '', ...stages, '', videoLine(progress, sized), message];
  return frame.rows > lines.length ? lines : lines.slice(-Math.max(1, Math.min(2, frame.rows - 1)));
}

/** Cuts a text to the given number of columns; "…" replaces the rest. */
export function clip(text: string, columns: number): string {
  if (columnsOf(text, false) <= columns) return text;
  let shown = '';
  let used = 1;
  for (const glyph of glyphsOf(text, false)) {
    used += glyph.columns;
    if (used > columns) break;
    shown += glyph.text;
  }
  return `${shown}…`;
}

/** "0.4 s", "12.3 s", "1 min 05 s" */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

function stageLine(stage: StageProgress, progress: Progress, { columns, now, paint }: Frame): string {
  const took = tookOf(stage, progress, now);
  const time = took === null || columns < MIN_COLUMNS.times ? '' : duration(took);
  const right =
    columns < MIN_COLUMNS.times ? scenesOf(stage, columns) : `${scenesOf(stage, columns)}${time.padStart(13)}`;
  const head = `${SIGNS[stage.state]} ${stage.label.padEnd(LABEL_COLUMNS)}`;
  return barLine({ head, percent: stage.percent, right, style: STYLES[stage.state] }, columns, paint);
}

function scenesOf({ scenes, sceneCount }: StageProgress, columns: number): string {
  if (columns < MIN_COLUMNS.scenes) return '';
  return (sceneCount === 0 ? '' : `scene ${scenes} of ${sceneCount}`).padStart(16);
}

function videoLine(progress: Progress, { columns, now, paint }: Frame): string {
  const eta = etaOf(progress, now);
  const left = eta === null || progress.status === 'COMPLETED' ? '' : `about ${forecast(eta)} left`;
  const sofar = duration(now - progress.startedAt);
  const right =
    columns < MIN_COLUMNS.scenes
      ? ''
      : columns < MIN_COLUMNS.times
        ? left.padStart(16)
        : left.padStart(16) + sofar.padStart(13);
  return barLine(
    { head: `  ${'Video'.padEnd(LABEL_COLUMNS)}`, percent: progress.percent, right, style: 'bold' },
    columns,
    paint,
  );
}

function forecast(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

interface BarLine {
  readonly head: string;
  readonly percent: number;
  readonly right: string;
  readonly style: Style;
}

/** Symbol and name, a bar of variable width, the percentage, and the text to the right of it. */
function barLine({ head, percent, right, style }: BarLine, columns: number, paint: Paint): string {
  const share = `${String(percent).padStart(4)} %`;
  if (columns < MIN_COLUMNS.bar) return paint(style, clip(head.trimEnd() + share, columns));
  const barWidth = columns - columnsOf(head, false) - share.length - right.length - 2;
  const full = Math.floor((barWidth * percent) / 100);
  return `  ${paint(style, head)}${paint(style, '━'.repeat(full))}${paint('dim', '─'.repeat(barWidth - full))}${share}${right}`;
}
