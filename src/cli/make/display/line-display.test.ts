import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../server/watch.ts';
import { LineDisplay } from './line-display.ts';

function linesOf(...events: readonly Partial<ProgressEvent>[]): string[] {
  let text = '';
  const out = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const display = new LineDisplay(out);
  const nothing = { stage: null, stageStatus: null, sceneIndex: null, sceneCount: null, etaSeconds: null, error: null };
  const at = new Date(0).toISOString();
  for (const event of events)
    display.show({ id: 'e', run: 1, status: 'PROCESSING', progress: 0, message: '', at, ...nothing, ...event });
  return text.trimEnd().split('\n');
}

const assembling = (progress: number) =>
  ({ stage: 'ASSEMBLY', stageStatus: 'RUNNING', progress, message: `Now ${progress}.` }) as const;

describe('The progress in a log', () => {
  it('has a line for each start and end of a stage, and for every five percent', () => {
    const steps = [80, 81, 84, 85, 86, 89, 90].map(assembling);
    const end = { ...assembling(97), stageStatus: 'COMPLETED', message: 'Assembled.' } as const;
    expect(linesOf(...steps, end)).toEqual([
      '  80 %  Now 80.',
      '  85 %  Now 85.',
      '  90 %  Now 90.',
      '  97 %  Assembled.',
    ]);
  });

  it('has a line for each scene, with the time left', () => {
    const scene = { stage: 'SPEECH', stageStatus: 'RUNNING', progress: 31, sceneCount: 90 } as const;
    expect(
      linesOf(
        { ...scene, sceneIndex: 0, message: 'Spoke scene 1 of 90.', etaSeconds: 70 },
        { ...scene, sceneIndex: 1, message: 'Spoke scene 2 of 90.' },
      ),
    ).toEqual(['  31 %  Spoke scene 1 of 90.  (about 70 s left)', '  31 %  Spoke scene 2 of 90.']);
  });
});
