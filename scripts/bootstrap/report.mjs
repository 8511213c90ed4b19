// The output of the set-up: one line for each step that was done, with its time.

/** A failure that the user can fix; its message is the complete output. */
export class SetupError extends Error {}

/**
 * `step(doing, done, work)` runs `work` and prints `done` with its time; on a terminal a line shows the current step
 * meanwhile. `say(line)` prints a line between.
 */
export function createReport(out = process.stderr, now = () => performance.now()) {
  const running = new Map();
  let timer;
  const clear = () => out.isTTY && out.write('\r\x1b[K');
  const draw = () => {
    const parts = [...running].map(([doing, since]) => `${doing} (${seconds(now() - since)})`);
    if (parts.length > 0) out.write(`\r\x1b[K${parts.join(' · ')} …`.slice(0, (out.columns ?? 80) + 3));
  };
  const say = (line) => {
    clear();
    out.write(`${line}\n`);
  };
  const end = () => {
    clearInterval(timer);
    timer = undefined;
    if (running.size > 0) clear();
  };
  async function step(doing, done, work) {
    const since = now();
    running.set(doing, since);
    if (out.isTTY) timer ??= setInterval(draw, 500);
    try {
      const result = await work();
      say(`set-up: ${done}, ${seconds(now() - since)}`);
      return result;
    } finally {
      running.delete(doing);
      if (running.size === 0) end();
    }
  }
  return { step, say, end };
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(milliseconds < 9_950 ? 1 : 0)} s`;
}
