// Runs other programs quietly: their output is shown only when they fail.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { SetupError } from './report.mjs';

const KEEP_BYTES = 20_000;
const running = new Set();

/**
 * From now on a stop signal also stops the running program, and this process ends after it: two concurrent set-ups
 * would interfere.
 */
export function stopTogether() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (running.size === 0) process.exit(1);
      for (const child of running) child.kill(signal);
    });
  }
}

/** Runs a program to its end; throws a SetupError that begins with `failed` and ends with its output. */
export function run(command, args, { failed, cwd, env = process.env, input = '' }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    const keep = (text) => {
      output = (output + text).slice(-KEEP_BYTES);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep);
    child.stdin.on('error', () => undefined); // a program that reads no input may exit before it is written
    child.stdin.end(input);
    child.once('error', (error) => running.delete(child) && reject(new SetupError(`${failed}\n${error.message}`)));
    child.once('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve(output);
      else reject(new SetupError(`${failed}\n${output.trimEnd()}\n(${command} ended with ${signal ?? code})`));
    });
  });
}

/** The standard output of a short program, or undefined when it is missing or fails. */
export function outputOf(command, args, env = process.env) {
  const { status, stdout } = spawnSync(command, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? stdout.trim() : undefined;
}

/** True if a program of this name or path is executable; faster than running it. */
export function isOnPath(program, path = process.env.PATH ?? '') {
  const folders = isAbsolute(program) ? [''] : path.split(delimiter);
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
