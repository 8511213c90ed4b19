import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { openNotifiers } from '../../command-services.ts';
import { AppError } from '../../errors.ts';
import type { Notification } from '../../services/alerts/notification.ts';
import type { Notifier } from '../../services/alerts/notifier.ts';
import type { NotifierChannels } from '../../services/alerts/notifier-channels.ts';
import { settings } from '../settings.ts';
import { tableOf } from '../table.ts';

export interface AlertsContext {
  readonly open: () => Promise<NotifierChannels>;
  readonly print: (text: string) => void;
}

/** The notifiers of the settings, with output to the terminal. */
const ownNotifiers = (): AlertsContext => ({
  open: () => openNotifiers(settings()),
  print: (text) => void process.stdout.write(`${text}\n`),
});

/** `test` sends a notification through each notifier that is set, or through one. Neither database nor Redis is needed. */
export function alertsCommand(context: AlertsContext = ownNotifiers()): Command {
  const command = new Command('alerts').description('Tests where notifications of alerts go.');
  command.addCommand(
    new Command('test')
      .description(
        'Sends a test notification through each notifier, for real: it opens an incident and resolves it, and an SMS costs money.',
      )
      .argument('[notifier]', 'only this one, such as slack, pagerduty or sms')
      .action((name: string | undefined) => test(context, name)),
  );
  return command;
}

async function test({ open, print }: AlertsContext, name: string | undefined): Promise<void> {
  const channels = await open();
  const notifiers = chosen(channels, name);
  const id = `test-${randomUUID()}`;
  const outcomes = await channels.sendThrough(notifiers, notificationOf('firing', id), 1);
  const failed = outcomes.filter(({ error }) => error !== null);
  // A test must leave no open incident.
  const reached = notifiers.filter((one) => outcomes.some(({ notifier, error }) => notifier === one.name && !error));
  const opened = reached.filter(({ opensIncidents }) => opensIncidents);
  const unresolved = await channels.sendThrough(opened, notificationOf('resolved', id), 3);
  print(
    tableOf([['NOTIFIER', 'RESULT'], ...outcomes.map(({ notifier, error }) => [notifier, error?.message ?? 'sent'])]),
  );
  for (const { notifier, error } of unresolved)
    if (error !== null) print(`The test incident of ${notifier} is still open: ${error.message}`);
  if (failed.length > 0)
    throw new AppError('NOTIFICATION_FAILED', `${failed.length} of ${outcomes.length} could not be sent.`);
}

/** All but the log; those of one name with all their targets. */
function chosen(channels: NotifierChannels, name: string | undefined): readonly Notifier[] {
  const all = channels.all().filter((notifier) => notifier.name !== 'log');
  if (all.length === 0)
    throw new AppError(
      'CONFIG_INVALID',
      'No notifier is set: see ALERT_SLACK_WEBHOOK_URL and what follows it in .env.example.',
    );
  const found = name === undefined ? all : all.filter((one) => one.name === name || one.name.startsWith(`${name}-`));
  if (found.length === 0)
    throw new AppError('NOT_FOUND', `No notifier ${name} is set. Set are: ${all.map((one) => one.name).join(', ')}.`);
  return found;
}

function notificationOf(kind: 'firing' | 'resolved', id: string): Notification {
  const now = new Date().toISOString();
  const message = 'This is a test: Auto Video can reach you.';
  const alert = {
    id,
    rule: 'test',
    priority: 'P0',
    errorCode: null,
    service: null,
    message,
    actionRequired: 'Nothing.',
    count: 1,
    raisedAt: now,
    respondBy: now,
  } as const;
  return { kind, priority: 'P0', title: message, alerts: [alert], text: null };
}
