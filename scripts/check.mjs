import { spawn } from 'node:child_process';

// Types, linear text, retired words, and lint. They run together, because most of them use one core each.
const CHECKS = [
  // Each of its checkers computes the types that it meets: the usual four compute a third more than two.
  'tsc --noEmit --checkers 2',
  'node scripts/check-linear-text.ts',
  'node scripts/check-words.ts',
  'biome check --error-on-warnings',
];

const codes = await Promise.all(CHECKS.map(run));
if (codes.some((code) => code !== 0)) process.exitCode = 1;

/** Runs a command and prints its output as a whole when it has ended. Resolves to its exit code. */
function run(command) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (part) => output.push(part));
    child.stderr.on('data', (part) => output.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      process.stdout.write(`> ${command}\n${Buffer.concat(output)}`);
      resolve(code);
    });
  });
}
