// What a person sees of the set-up: one line for each thing really done, with the time it took.

/** A failure that a person can do something about; its message is the whole of what is shown. */
export class SetupError extends Error {}

/**
 * `step(doing, done, work)` runs `work` and says `done` with its time; on a terminal a moving line tells meanwhile what
 * goes on. `say(line)` shows a line between.
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
