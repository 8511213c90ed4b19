import { encodeId } from '../../ids.ts';
import { escapedWithin, oneLine } from '../alerts/notifiers/plain-text.ts';
import type { TakenReply } from './slack-reply-store.ts';

/** https://docs.slack.dev/messaging/formatting-message-text: these three begin markup, and mentions of a person or a channel. */
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const MOST = 2_000;
const TITLE = 200;

/** An answer that only the person sees who sent the command. */
export interface SlackMessage {
  readonly response_type: 'ephemeral';
  readonly text: string;
}

/** Whatever the text has is shown as it is, but for * _ ~ and `, which are harmless. */
export function slackMessage(text: string): SlackMessage {
  return { response_type: 'ephemeral', text: escapedWithin(text, MOST, (one) => ENTITIES[one] ?? one) };
}

/** Slack sends these three characters escaped, and no others. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export function usageOf(command: string): string {
  return [
    `${command} TOPIC makes a narrated, captioned video about it: ${command} Why the sky is blue`,
    `${command} and a pasted article makes a video of the article.`,
    'Only you see the answers. The film follows here, where it is done within half an hour.',
  ].join('\n');
}

export const UNUSABLE_ACCOUNT =
  'Nothing was made: the account of SLACK_COMMAND_USER is missing, disabled, or may not create videos. Ask an administrator of Auto Video.';
export const CANNOT_NOW = 'Nothing was made: Auto Video cannot take commands at the moment. Try again in a minute.';
export const TAKES_LONGER = 'Auto Video is busy: what becomes of the command follows here.';

export function acceptedText(title: string, videoId: string): string {
  return `Making "${oneLine(title, TITLE)}" (${videoId}). The film follows here, where it is done within half an hour.`;
}

/** What became of the video, or of the request for it. */
export function replyText(reply: TakenReply, linkOf: (fileKey: string, title: string) => string): string {
  const { message, videoId, status, title, fileKey, error } = reply;
  if (message !== null) return message;
  if (videoId === null) return CANNOT_NOW;
  const id = encodeId('video', videoId);
  const what = `"${oneLine(title ?? '', TITLE)}" (${id})`;
  switch (status) {
    case 'COMPLETED':
      return fileKey === null
        ? `${what} is done.`
        : `${what} is done: ${linkOf(fileKey, title ?? '')}\nThe link is valid for 45 minutes.`;
    case 'FAILED':
      return `${what} failed: ${error === null ? 'the reason is in its events.' : oneLine(error.message, MOST)}`;
    case 'CANCELED':
      return `${what} was canceled.`;
    case null:
      return `The video ${id} was deleted.`;
    default:
      return `${what} is not done yet, and Slack takes no later answer: look for it in Auto Video.`;
  }
}
