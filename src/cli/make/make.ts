import { AppError } from '../../errors.ts';
import { CreateVideoDocument, type CreateVideoInput, VideoDocument, type VideoQuery } from '../generated/documents.ts';
import type { Display } from './display/display.ts';
import { LineDisplay } from './display/line-display.ts';
import { isTerminal, LiveDisplay } from './display/live-display.ts';
import { paintFor } from './display/render.ts';
import { captionFormatOf, saveCaptions } from './files/captions-file.ts';
import { download } from './files/download.ts';
import { checkOutput } from './files/out-file.ts';
import { inputErrorFor } from './input-error.ts';
import type { MakeOptions } from './make-options.ts';
import { commandFor, type FinishedVideo, report } from './report.ts';
import { requestOf } from './request.ts';
import { type Connection, openConnection } from './server/connection.ts';
import { watchVideo } from './server/watch.ts';

/** Environment of a command; a test provides its own. */
export interface CommandContext {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  /** For warnings of the server. */
  readonly stderr: NodeJS.WritableStream;
  /** Settings of the server that is started without --url. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Permissions of the saved files: those that the user's own umask allows, e.g. 0o644. */
  readonly fileMode: number;
  /** Aborts the waiting; the video continues. */
  readonly signal: AbortSignal;
}

type Video = NonNullable<VideoQuery['video']>;
type AcceptedVideo = Pick<Video, 'id' | 'title' | 'lastEventId'>;

/**
 * Makes one video and saves its file, showing its progress. Everything that it started is closed when it returns or
 * throws. Throws an AppError with a sentence for any failure.
 */
export async function make(options: MakeOptions, context: CommandContext): Promise<void> {
  const { stdin, stdout, stderr, signal } = context;
  const input = options.watch === undefined ? await requestOf(options, stdin) : null;
  await checkOutput(options);
  await checkCaptionsFile(options);
  await using resources = new AsyncDisposableStack();
  if (options.url === undefined) stdout.write('Starting Auto Video …\n\n');
  const connection = await openConnection(options, context, resources);
  const startedAt = performance.now();
  const accepted = input
    ? await requestVideo(connection, input, stderr)
    : await findVideo(connection, options.watch ?? '');
  try {
    await showProgress(connection, accepted, input === null, context);
    const finished = await saveResults(connection, accepted.id, options, context);
    const tookMs = performance.now() - startedAt;
    stdout.write(`${report({ ...finished, tookMs }, connection.invocation, paintFor(stdout)).join('\n')}\n`);
  } catch (thrown) {
    if (signal.aborted || isTransient(thrown)) stdout.write(resumeHint(connection, accepted.id));
    throw thrown;
  }
}

async function checkCaptionsFile({ captionsFile, force = false }: MakeOptions): Promise<void> {
  if (captionsFile === undefined) return;
  captionFormatOf(captionsFile);
  await checkOutput({ out: captionsFile, force });
}

/** Prints warnings. Throws INVALID_INPUT or PROVIDER_UNAVAILABLE with the server's validation errors. */
async function requestVideo(
  { session }: Connection,
  input: CreateVideoInput,
  stderr: NodeJS.WritableStream,
): Promise<AcceptedVideo> {
  const { createVideo } = await session.ask(CreateVideoDocument, { input });
  for (const { message } of createVideo?.warnings ?? []) stderr.write(`Warning: ${message}\n`);
  if (createVideo?.video) return createVideo.video;
  throw await inputErrorFor(createVideo?.userErrors ?? [], input, session);
}

async function findVideo({ session }: Connection, id: string): Promise<Video> {
  const { video } = await session.ask(VideoDocument, { id });
  if (video) return video;
  throw new AppError('NOT_FOUND', `There is no video ${id} that you may see.`);
}

/** Shows every step until the last one. */
async function showProgress(
  connection: Connection,
  video: AcceptedVideo,
  isResumed: boolean,
  { stdout, signal }: CommandContext,
): Promise<void> {
  const display = displayOn(stdout, video.title);
  const onInterruption = () => display.note('The connection is lost; reconnecting …');
  const { session } = connection;
  if (!isResumed) display.note('Accepted; waiting for a worker.');
  // A user who resumes wants to see the present state; for a new video only later events are needed.
  const after = isResumed ? null : video.lastEventId;
  try {
    for await (const event of watchVideo({ session, videoId: video.id, after, signal, onInterruption })) {
      display.show(event);
      if (event.stage === 'SCRIPT' && event.stageStatus === 'COMPLETED') await updateTitle(connection, video, display);
    }
  } finally {
    display.close();
  }
}

/** Shows the title that the script stage has created if none was given. */
async function updateTitle(connection: Connection, { id, title }: AcceptedVideo, display: Display): Promise<void> {
  const now = await findVideo(connection, id);
  if (now.title !== title) display.title(now.title);
}

async function saveResults(
  connection: Connection,
  id: string,
  options: MakeOptions,
  { fileMode, signal }: CommandContext,
): Promise<Omit<FinishedVideo, 'tookMs'>> {
  const video = await findVideo(connection, id);
  if (video.fileUrl === null) throw failureOf(video, connection);
  const path = await download({ ...video, fileUrl: video.fileUrl }, options, { fileMode, signal });
  const { captionsFile, force } = options;
  if (captionsFile === undefined) return { video, path, captionsPath: undefined };
  return {
    video,
    path,
    captionsPath: await saveCaptions(connection.session, id, {
      file: captionsFile,
      fileMode,
      ...(force === undefined ? {} : { force }),
    }),
  };
}

function failureOf({ error, status }: Video, { logFile }: Connection): AppError {
  const reason = error ? `${error.message} (${error.code})` : `it is ${status}.`;
  const trace = error?.traceId ? ` under ${error.traceId}` : '';
  const more = logFile === null ? '' : `\nDetails are in ${logFile}${trace}.`;
  return new AppError('VIDEO_FAILED', `The video could not be made: ${reason}${more}`);
}

function displayOn(stdout: NodeJS.WritableStream, title: string): Display {
  return isTerminal(stdout) ? new LiveDisplay(stdout, title) : new LineDisplay(stdout);
}

/** True if the error does not affect the video itself. */
function isTransient(thrown: unknown): boolean {
  return thrown instanceof AppError && ['API_UNREACHABLE', 'FILE_DOWNLOAD_FAILED'].includes(thrown.code);
}

function resumeHint({ invocation }: Connection, id: string): string {
  const where = invocation.url === null ? 'continues whenever Auto Video runs' : `continues at ${invocation.url}`;
  return `\nThe video ${where}. To watch it again and get its file:\n  ${commandFor(invocation, `--watch ${id}`)}\n`;
}
