import { createInterface } from 'node:readline/promises';

/** Asks a question that is answered with yes or no; any other answer, Ctrl-C and Ctrl-D are a no. */
export type Confirm = (question: string) => Promise<boolean>;

/** Undefined where no one can answer: input or output is no terminal. */
export function confirmAtTerminal(): Confirm | undefined {
  return process.stdin.isTTY && process.stdout.isTTY ? ask : undefined;
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
    return isYes(await Promise.race([terminal.question(`${question} [y/N] `), ended]));
  } finally {
    terminal.close();
  }
}

export function isYes(answer: string): boolean {
  return ['y', 'yes'].includes(answer.trim().toLowerCase());
}
