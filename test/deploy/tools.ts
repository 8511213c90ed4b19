import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { testTool } from '../../scripts/bootstrap/test-tools.mjs';

const run = promisify(execFile);
type Tool = Parameters<typeof testTool>[1];

/** The path of a tool, which is fetched where it is missing. */
export async function toolPath(name: Tool): Promise<string> {
  if (!testTool(process.cwd(), name)) await run(process.execPath, ['scripts/bootstrap.mjs', '--only', 'test-tools']);
  const path = testTool(process.cwd(), name);
  if (!path) throw new Error(`${name} could not be fetched.`);
  return path;
}

/** What a tool prints. Rejects where it fails, with its complaints. */
export async function outputOfTool(name: Tool, ...args: string[]): Promise<string> {
  return (await run(await toolPath(name), args)).stdout;
}
