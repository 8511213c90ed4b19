import type { AlertNotice, Notification } from '../notification.ts';
import { linesIn, oneLine } from './plain-text.ts';

/** Lines of plain text, the same for every notifier; none has a control character. */
export interface AlertWording {
  readonly message: string;
  /** Null once there is nothing to do. */
  readonly action: string | null;
  readonly facts: string;
}

const TITLE = 200;
const MESSAGE = 500;
const NAME = 80;
const TEXT = 20_000;

const AFTER_PRIORITY: Readonly<Record<Notification['kind'], string>> = {
  firing: '',
  escalated: ' escalated',
  acknowledged: ' acknowledged',
  resolved: ' resolved',
  digest: ' summary',
  report: ' report',
};

/** "P0 resolved: the title" */
export function headlineOf({ kind, priority, title }: Notification): string {
  return `${priority}${AFTER_PRIORITY[kind]}: ${oneLine(title, TITLE)}`;
}

export function wordingOf(alert: AlertNotice, { kind }: Notification): AlertWording {
  const isOver = kind === 'resolved';
  const facts = [
    ...(alert.service === null ? [] : [oneLine(alert.service, NAME)]),
    oneLine(alert.errorCode ?? alert.rule, NAME),
    `since ${minuteOf(alert.raisedAt)}`,
    ...(alert.count > 1 ? [`${alert.count} times`] : []),
    ...(isOver ? [] : [`answer by ${minuteOf(alert.respondBy)}`]),
  ];
  return {
    message: oneLine(alert.message, MESSAGE),
    action: isOver ? null : oneLine(alert.actionRequired, MESSAGE),
    facts: facts.join(' · '),
  };
}

/** The further lines of a report. */
export function textLinesOf({ text }: Notification): string[] {
  return text === null ? [] : linesIn(text, TEXT);
}

/** "2026-11-30 09:00 UTC" */
function minuteOf(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? oneLine(time, NAME)
    : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
