/**
 * Answers requests for heap snapshots: `node leaking-process.ts <DATA_DIR>`. Each line of its input adds 20,000 objects of a class that
 * are never released; then it prints a line.
 */
import { createInterface } from 'node:readline';
import { answerSnapshotRequests } from '../../src/cli/heap/answer-requests.ts';

/** With texts and lists of its own, so that other constructors grow too. */
class LeakedOrder {
  readonly lines: readonly number[];
  readonly one = 1;
  readonly two = 2;
  readonly three = 3;
  readonly four = 4;
  readonly five = 5;

  constructor(number: number) {
    this.lines = number % 10 === 0 ? [number] : NO_LINES;
  }
}

const NO_LINES: readonly number[] = [];
const leaked: LeakedOrder[] = [];
const [, , dataDir = ''] = process.argv;
const report = (_facts: object, message: string) => void process.stdout.write(`${message}\n`);
const close = answerSnapshotRequests({ dataDir, kind: 'api', logger: { info: report, warn: report } });
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  for (let count = 0; count < 20_000; count++) leaked.push(new LeakedOrder(count));
  process.stdout.write(`${line}: ${leaked.length}\n`);
}
close();
