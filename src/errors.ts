/**
 * The closed set of error codes. A code determines who has to act; `docs/operations/` explains those for
 * operators. Provider failures are `<SERVICE>_<KIND>`.
 */
export type ErrorCode =
  | 'INVALID_INPUT'
  | 'CONFIG_INVALID'
  | 'NOT_FOUND'
  | 'CURSOR_INVALID'
  | 'CURSOR_EXPIRED'
  | 'RATE_LIMITED'
  | 'UNSUPPORTED_LANGUAGE'
  | 'UNKNOWN_VOICE'
  | 'PROVIDER_UNAVAILABLE'
  | 'CANCELED'
  | 'STALLED'
  | 'ANSWER_LOST'
  | 'LEASE_LOST'
  | 'DATABASE_CONNECTION_FAILED'
  | 'DATABASE_ERROR'
  | 'REDIS_CONNECTION_FAILED'
  | 'FFMPEG_NOT_FOUND'
  | 'FFMPEG_FAILED'
  | 'QUALITY_CHECK_FAILED'
  | 'WORKER_DOWN'
  | 'DISK_SPACE_INSUFFICIENT'
  | 'STORAGE_ERROR'
  | 'API_UNREACHABLE'
  | 'API_UNAUTHENTICATED'
  | 'API_REFUSED'
  | 'FILE_DOWNLOAD_FAILED'
  | 'VIDEO_FAILED'
  | 'ALL_PROVIDERS_FAILED'
  | 'BUDGET_EXCEEDED'
  | 'QUOTA_EXCEEDED'
  | 'NOTIFICATION_FAILED'
  | 'INTERNAL_ERROR'
  | `${ProviderService}_${ProviderFailure}`;

/** Services that the pipeline can call; LOCAL is the built-in provider. A provider's name is its service in lower case. */
export type ProviderService = 'LOCAL' | ExternalService;
export type ExternalService =
  | 'OPENAI'
  | 'GEMINI'
  | 'CLAUDE'
  | 'GROQ'
  | 'OPENAI_COMPATIBLE'
  | 'STABILITY'
  | 'REPLICATE'
  | 'ELEVENLABS'
  | 'AZURE_SPEECH'
  | 'POLLY'
  | 'D_ID';
export type ProviderFailure =
  | 'INVALID_API_KEY'
  | 'QUOTA_EXCEEDED'
  | 'RATE_LIMITED'
  | 'TIMEOUT'
  | 'API_ERROR'
  | 'CONTENT_REJECTED';

export interface AppErrorOptions {
  cause?: unknown;
  /** True where the same request may succeed later without any change. */
  retriable?: boolean;
  /** After how many seconds, where the service has said so. */
  retryAfterSeconds?: number | undefined;
}

/** The one error class. `message` is a sentence for people; it never contains a secret or a path of the server. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retriable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retriable = options.retriable ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** Any thrown value as an AppError; an unexpected one becomes INTERNAL_ERROR with a message that reveals nothing. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    return new AppError('INTERNAL_ERROR', 'Something went wrong on our side.', { cause: thrown, retriable: true });
  }
}

/** The error of work whose signal is aborted: the reason of the signal if that is an AppError, else CANCELED. */
export function canceled({ reason }: AbortSignal): AppError {
  return reason instanceof AppError ? reason : new AppError('CANCELED', 'The work was canceled.', { cause: reason });
}

/** Throws `canceled(signal)` once the signal is aborted. */
export function throwIfCanceled(signal: AbortSignal): void {
  if (signal.aborted) throw canceled(signal);
}
