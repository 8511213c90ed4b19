import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../media/captions/glyph-width.ts';
import type { ProgressEvent } from '../server/watch.ts';
import { advance, noProgress, type Progress } from './progress.ts';
import type { Paint } from './render.ts';
import { clip, duration, render } from './render.ts';

const plain: Paint = (_style, text) => text;
const T0 = Date.parse('2026-01-01T00:00:00Z');

function event(changes: Partial<ProgressEvent>, afterMs = 0): ProgressEvent {
  const nothing = { stage: null, stageStatus: null, sceneIndex: null, sceneCount: null, etaSeconds: null, error: null };
  const at = new Date(T0 + afterMs).toISOString();
  return { id: 'e', run: 1, status: 'PROCESSING', progress: 0, message: '', at, ...nothing, ...changes };
}

/** Two of five scenes are drawn after ten seconds. */
function halfway(title = 'A walk by the sea'): Progress {
  const steps = [
    event({ stage: 'SCRIPT', stageStatus: 'RUNNING', progress: 10 }, 0),
    event({ stage: 'SCRIPT', stageStatus: 'COMPLETED', progress: 30 }, 1_000),
    event({ stage: 'SPEECH', stageStatus: 'RUNNING', progress: 30 }, 1_000),
    event({ stage: 'SPEECH', stageStatus: 'COMPLETED', progress: 50 }, 8_000),
    event({ stage: 'VISUALS', stageStatus: 'RUNNING', progress: 50 }, 8_000),
    event({ stage: 'VISUALS', stageStatus: 'RUNNING', progress: 55, sceneIndex: 1, sceneCount: 5 }, 9_000),
    event(
      {
        stage: 'VISUALS',
        stageStatus: 'RUNNING',
        progress: 60,
        sceneIndex: 0,
        sceneCount: 5,
        etaSeconds: 12,
        message: 'Drew scene 1 of 5.',
      },
      10_000,
    ),
  ];
  return steps.reduce((progress, step) => advance(progress, step, Date.parse(step.at)), noProgress(title, T0));
}

const at = (columns: number, rows = 30, now = T0 + 10_000) => ({ columns, rows, now, paint: plain });

describe('The progress in a terminal', () => {
  it('shows each stage with its bar, percentage, scenes and time, and the total with the time left', () => {
    const lines = render(halfway(), at(81));
    expect(lines.map((line) => line.trimEnd())).toEqual([
      '  A walk by the sea',
      '',
      '  ✓ Script   ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 100 %                        1.0 s',
      '  ✓ Voice    ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 100 %                        7.0 s',
      '  › Pictures ━━━━━━━━━━━━────────────────────  40 %    scene 2 of 5        2.0 s',
      '    Captions ────────────────────────────────   0 %',
      '    Film     ────────────────────────────────   0 %',
      '    Checks   ────────────────────────────────   0 %',
      '',
      '    Video    ━━━━━━━━━━━━━━━━━━━─────────────  60 % about 12 s left       10.0 s',
      '  Drew scene 1 of 5.',
    ]);
  });

  it.each([1, 8, 25, 26, 27, 40, 48, 49, 60, 61, 80, 200])('never wraps in a terminal of %i columns', (columns) => {
    for (const title of [
      'A walk by the sea',
      '每支影片，都從文字開始。給它一個主題、一份腳本或一篇文章就好，其餘的都交給它',
    ]) {
      const lines = render(halfway(title), at(columns));
      expect(Math.max(...lines.map((line) => columnsOf(line, false)))).toBeLessThanOrEqual(Math.max(1, columns - 1));
      expect(lines.join('')).not.toMatch(/\n|NaN|undefined/);
    }
  });

  it('keeps name and percentage when there is no room for more', () => {
    expect(render(halfway(), at(26))[4]).toBe('› Pictures  40 %');
    expect(render(halfway(), at(40))[4]).toMatch(/^ {2}› Pictures ━+─+ {2}40 %$/);
  });

  it('has a maximum width in a very wide terminal', () => {
    expect(columnsOf(render(halfway(), at(400))[4] ?? '', false)).toBe(100);
  });

  it('shows only the total in a terminal that is too low for all stages', () => {
    expect(render(halfway(), at(80, 12))).toHaveLength(11);
    expect(render(halfway(), at(80, 11)).map((line) => line.trim().slice(0, 5))).toEqual(['Video', 'Drew ']);
    expect(render(halfway(), at(80, 2))).toHaveLength(1);
  });

  it('updates times between two events: the stage time counts up, the time left counts down, never to zero', () => {
    const lines = render(halfway(), at(81, 30, T0 + 15_000));
    expect(lines[4]).toMatch(/ 7\.0 s$/);
    expect(lines[9]).toMatch(/about 7 s left +15\.0 s$/);
    expect(render(halfway(), at(81, 30, T0 + 60_000))[9]).toMatch(/about 1 s left/);
  });

  it('shows percentages only next to the bars', () => {
    const assembling = { ...halfway(), message: 'Assembling the film: 42 %.' };
    expect(render(assembling, at(81)).at(-1)).toBe('  Assembling the film …');
  });

  it('is as wide with colours as without', () => {
    const tag: Paint = (style, text) => `<${style}>${text}</>`;
    const painted = render(halfway(), { ...at(81), paint: tag });
    expect(painted.map((line) => line.replace(/<[^>]*>/g, ''))).toEqual(render(halfway(), at(81)));
    expect(painted[4]).toContain('<cyan>');
  });
});

describe('Clipping a text', () => {
  it('counts Chinese and emoji as two columns each', () => {
    expect(clip('影片影片', 8)).toBe('影片影片');
    expect(clip('影片影片', 7)).toBe('影片影…');
    expect(clip('影片影片', 6)).toBe('影片…');
    expect(clip('👩‍🚀👩‍🚀', 4)).toBe('👩‍🚀👩‍🚀');
    expect(clip('👩‍🚀👩‍🚀', 3)).toBe('👩‍🚀…');
  });
});

describe('A duration', () => {
  it('is in minutes from sixty seconds on', () => {
    expect([0, 59_940, 59_950, 65_000, 3_600_000].map(duration)).toEqual([
      '0.0 s',
      '59.9 s',
      '1 min 00 s',
      '1 min 05 s',
      '60 min 00 s',
    ]);
  });
});
