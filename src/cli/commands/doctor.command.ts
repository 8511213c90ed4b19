import { Command, InvalidArgumentError } from 'commander';
import { diagnosedSettings } from '../doctor/diagnosed-settings.ts';
import { type DoctorOptions, diagnose } from '../doctor/doctor.ts';
import { textOf } from '../doctor/doctor-text.ts';
import { diagnosedInstallation, type Installation } from '../doctor/installation.ts';
import { environment } from '../settings.ts';

export interface DoctorContext {
  readonly open: () => Installation;
  readonly options?: DoctorOptions;
  /** Called once, at the end. */
  readonly finish: (text: string, exitStatus: 0 | 1 | 2) => void;
}

/** The installation of the settings. What did not answer must not keep the process from ending. */
const ownInstallation = (): DoctorContext => ({
  open: () => diagnosedInstallation(diagnosedSettings(environment())),
  finish: (text, exitStatus) => void process.stdout.write(`${text}\n`, () => process.exit(exitStatus)),
});

const MOST_REQUESTS = 1_000;
const EXIT_STATUS = { ok: 0, warning: 1, failed: 2 } as const;

/** `doctor` checks everything at once, and works while what it checks is broken. */
export function doctorCommand(context: DoctorContext = ownInstallation()): Command {
  return new Command('doctor')
    .description(
      'Checks everything and says what is wrong and what mends it; ends with 0, 1 (warnings) or 2 (failures).',
    )
    .option('--json', 'as JSON', false)
    .option('--probe <requests>', 'also measures so many requests to the running server', requestsOf)
    .action(async ({ json, probe }: { json: boolean; probe?: number }) => {
      const options = { ...context.options, ...(probe !== undefined && { requests: probe }) };
      const diagnosis = await diagnose(context.open(), options);
      context.finish(json ? JSON.stringify(diagnosis, null, 2) : textOf(diagnosis), EXIT_STATUS[diagnosis.status]);
    });
}

function requestsOf(text: string): number {
  const requests = Number(text);
  if (!Number.isInteger(requests) || requests < 1 || requests > MOST_REQUESTS)
    throw new InvalidArgumentError(`It has to be a whole number from 1 to ${MOST_REQUESTS}.`);
  return requests;
}
