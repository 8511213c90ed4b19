import { withTimeout } from '../../concurrency/timeout.ts';
import { AppError } from '../../errors.ts';

export type FindingStatus = 'ok' | 'warning' | 'failed' | 'skipped';

/** What a check has found. */
export interface Finding {
  readonly check: string;
  /** `skipped`: it could not be checked, because of what another check says. */
  readonly status: FindingStatus;
  /** One sentence: the state, or the cause. */
  readonly message: string;
  /** The command or the page that mends it; null where there is nothing to mend. */
  readonly mend: string | null;
}

/** A finding without the name of its check. */
export type Outcome = Omit<Finding, 'check'>;

export interface Check {
  readonly name: string;
  /** May throw; takes a few seconds at most, and is given up after that. */
  run(): Promise<Outcome | readonly Outcome[]>;
}

const CHECK_MS = 8_000;

export const ok = (message: string): Outcome => ({ status: 'ok', message, mend: null });
export const warning = (message: string, mend: string): Outcome => ({ status: 'warning', message, mend });
export const failed = (message: string, mend: string): Outcome => ({ status: 'failed', message, mend });
export const skipped = (message: string): Outcome => ({ status: 'skipped', message, mend: null });

/** All at once, each for eight seconds at most. Never rejects. */
export async function runChecks(checks: readonly Check[], milliseconds = CHECK_MS): Promise<Finding[]> {
  const late = { milliseconds, code: 'INTERNAL_ERROR', message: `It took over ${milliseconds / 1_000} s.` } as const;
  const found = await Promise.all(
    checks.map(async ({ name, run }) => {
      try {
        const outcomes = await withTimeout(late, run());
        return [outcomes].flat().map((outcome) => ({ check: name, ...outcome }));
      } catch (thrown) {
        return [{ check: name, ...failed(messageOf(thrown), 'docs/operations/doctor.md') }];
      }
    }),
  );
  return found.flat();
}

const MAX_CHARACTERS = 300;

/** Of an unexpected error the first line, without addresses, which may hold passwords. */
function messageOf(thrown: unknown): string {
  if (thrown instanceof AppError && thrown.code !== 'INTERNAL_ERROR') return thrown.message;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const line = text.slice(0, MAX_CHARACTERS).split('\n')[0] ?? '';
  return line.replace(/[a-z]{1,20}:\/\/\S+/gi, '…') || 'It failed without a message.';
}

/** 0 where all is well, 1 with warnings, 2 where something failed. */
export function exitStatusOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ status }) => status === 'failed')) return 2;
  return findings.some(({ status }) => status === 'warning') ? 1 : 0;
}
