import type { AlertReadings } from './alert-readings.ts';
import type { AlertRule, Causes } from './alert-rule.ts';

/** Requests within 15 minutes: fewer are an accident. */
const REFUSED_REQUESTS = 10;

const SERVICE = 'slack-command';

export const SLACK_COMMAND: AlertRule = {
  name: 'slack-command',
  priority: 'P0',
  errorCode: null,
  when: 'the Slack command cannot be answered: Slack does not accept the bot token or is silent, or the account may not make videos',
  respondWithinMinutes: 0,
  logLevel: 'error',
  actionRequired: 'Correct SLACK_BOT_TOKEN or the account of SLACK_COMMAND_USER, and restart every process.',
  page: 'slack-command.md',
  causes: ({ slackCommand }) =>
    slackCommand && causeOf(slackCommand.failure && `No command can be answered: ${slackCommand.failure}`),
};

export const SLACK_BAD_SIGNATURES: AlertRule = {
  name: 'slack-bad-signatures',
  priority: 'P1',
  errorCode: null,
  when: `${REFUSED_REQUESTS} or more requests within 15 minutes were not signed by Slack`,
  respondWithinMinutes: 60,
  logLevel: 'warn',
  actionRequired:
    'Compare SLACK_SIGNING_SECRET with that of the app; where it is right, the requests come from elsewhere.',
  page: 'slack-command.md',
  causes: (readings) => refusals(readings, 'badSignatures', 'were not signed by Slack'),
};

export const SLACK_RATE_LIMITS: AlertRule = {
  name: 'slack-rate-limits',
  priority: 'P2',
  errorCode: null,
  when: `${REFUSED_REQUESTS} or more commands or checks of Slack within 15 minutes had to wait for a rate limit`,
  respondWithinMinutes: 1_440,
  logLevel: 'info',
  actionRequired: 'See who sends so many commands, or raise GRAPHQL_COST_PER_SECOND.',
  page: 'slack-command.md',
  causes: (readings) => refusals(readings, 'rateLimited', 'had to wait for a rate limit'),
};

function refusals({ slackCommand }: AlertReadings, kind: 'badSignatures' | 'rateLimited', what: string): Causes {
  const count = slackCommand?.[kind];
  if (count === undefined) return undefined;
  if (count < REFUSED_REQUESTS) return [];
  return causeOf(`${count} requests to the Slack command within 15 minutes ${what}.`, {
    value: count,
    threshold: REFUSED_REQUESTS,
  });
}

function causeOf(message: string | null, details: Readonly<Record<string, number>> = {}): Causes {
  return message === null ? [] : [{ service: SERVICE, message, details }];
}
