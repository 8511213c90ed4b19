import { z } from 'zod';

/** As lines of the log have them, the least urgent first. */
export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A line of the log. */
export interface LogEntry {
  readonly level: LogLevel;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
  /** Of the error or the alert that the line reports; null where it reports none. */
  readonly code: string | null;
  /** The whole line as JSON. */
  readonly line: string;
}

const logLine = z.looseObject({
  level: z.enum(LOG_LEVELS),
  timestamp: z.iso.datetime(),
  message: z.string().default(''),
  error_code: z.string().nullish(),
  err: z
    .looseObject({ code: z.union([z.string(), z.number()]).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Null for a line that another program wrote, or that was torn. */
export function parseLogLine(line: string): LogEntry | null {
  const parsed = logLine.safeParse(jsonIn(line));
  if (!parsed.success) return null;
  const { level, timestamp, message, error_code: alertCode, err } = parsed.data;
  const code = err?.code ?? alertCode;
  return { level, at: Date.parse(timestamp), message, code: code == null ? null : String(code), line };
}

/** How lines of each level begin; the level is their first field. */
const BEGINNINGS = LOG_LEVELS.map((level) => `{"level":"${level}"`);

/** Whether the line is certainly below the level: most lines are left out without being parsed. */
export function isBelow(line: string, least: LogLevel): boolean {
  const index = BEGINNINGS.findIndex((beginning) => line.startsWith(beginning));
  return index !== -1 && index < LOG_LEVELS.indexOf(least);
}

function jsonIn(line: string): unknown {
  // Half a line is the usual reason of a failure; a line of another program the other.
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
