/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Shape of the picture. */
export type AspectRatio =
  | 'LANDSCAPE_16_9'
  | 'PORTRAIT_9_16'
  | 'SQUARE_1_1';

/** File formats of captions. */
export type CaptionFormat =
  | 'ASS'
  | 'SRT'
  | 'VTT';

/** How captions in the picture look. */
export type CaptionStyle =
  /** One or two lines on a plate. */
  | 'BLOCK'
  /** A few large words at a time; the word that is spoken is marked. */
  | 'WORD_HIGHLIGHT';

/** The video to make. Exactly one of topic, script, article and scenes is required. */
export type CreateVideoInput = {
  /** A longer text that is condensed into a script. At most 100,000 characters. */
  readonly article?: string | null | undefined;
  /** Shape of the picture. */
  readonly aspectRatio?: AspectRatio;
  /** Whether the captions are drawn into the picture. */
  readonly burnInCaptions?: boolean;
  /** How captions in the picture look; by default WORD_HIGHLIGHT in portrait, else BLOCK. */
  readonly captionStyle?: CaptionStyle | null | undefined;
  /** The description that viewers read. At most 5,000 characters. */
  readonly description?: string | null | undefined;
  /** Language of the narration. Found from the text where left out; a topic’s or a mixed text’s likeliest language. */
  readonly language?: string | null | undefined;
  /** The most that the whole video may cost, in US dollars: it stops with BUDGET_EXCEEDED before the call that could exceed it. */
  readonly maxCost?: string | null | undefined;
  /** Music under the voice; none by default. */
  readonly music?: MusicInput | null | undefined;
  /** The platforms for which it is intended. */
  readonly platforms?: ReadonlyArray<Platform> | null | undefined;
  /** A talking presenter by an avatar provider; none where left out. Where it fails, the video is made without, and stages say so. */
  readonly presenter?: PresenterInput | null | undefined;
  /** Its priority among waiting videos. URGENT needs the plan PREMIUM, or is UNSUPPORTED. */
  readonly priority?: JobPriority;
  /** The providers to try first. */
  readonly providers?: ProviderPreferenceInput | null | undefined;
  /** Size of the picture. */
  readonly resolution?: Resolution;
  /** The scenes one by one. At most 100. */
  readonly scenes?: ReadonlyArray<SceneInput> | null | undefined;
  /** The narration word for word; blank lines separate the scenes. At most 20,000 characters. */
  readonly script?: string | null | undefined;
  /** Tags to find it by. At most 30 of at most 50 characters. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** Target length; a script given word for word is not shortened. */
  readonly targetDurationSeconds?: number | null | undefined;
  /** Taken from the script if left out. At most 200 characters. */
  readonly title?: string | null | undefined;
  /** What it is about; a text provider writes the script. PROVIDER_UNAVAILABLE where none is set up. At most 500 characters. */
  readonly topic?: string | null | undefined;
  /** E.g. "warm watercolour"; added to every visual prompt. At most 200 characters. */
  readonly visualStyle?: string | null | undefined;
  /** The voice; by default the language’s first voice. */
  readonly voice?: VoiceInput | null | undefined;
};

/** DEGRADED means that a part fails which the core does not need. */
export type HealthStatus =
  | 'DEGRADED'
  | 'HEALTHY'
  | 'UNHEALTHY'
  /** Not checked yet, or not configured. */
  | 'UNKNOWN';

/** Priority of a waiting job. */
export type JobPriority =
  | 'LOW'
  | 'NORMAL'
  | 'URGENT';

/** Credentials of a user. */
export type LoginInput = {
  /** Username or e-mail address. At most 254 characters. */
  readonly identifier: string;
  /** The password. At most 200 characters. */
  readonly password: string;
};

/** Music under the voice. */
export type MusicInput = {
  /** calm, bright, serious, energetic, dramatic, or one of the installation’s own; calm by default. At most 100 characters. */
  readonly mood?: string | null | undefined;
  /** 0 is silent. At 0.15 the music is 18 LU below the voice, and 10 LU below it in pauses; twice as much is 6 LU more. */
  readonly volume?: number;
};

/** A single right; roles are sets of them. */
export type Permission =
  | 'ADMIN_ANALYTICS_VIEW'
  | 'ADMIN_SYSTEM_CONFIG'
  | 'ADMIN_USER_MANAGE'
  | 'AI_GENERATE_AUDIO'
  | 'AI_GENERATE_IMAGE'
  | 'AI_GENERATE_TEXT'
  | 'USER_DELETE'
  | 'USER_READ'
  | 'USER_UPDATE'
  | 'VIDEO_CREATE'
  | 'VIDEO_DELETE'
  | 'VIDEO_PUBLISH'
  | 'VIDEO_READ'
  | 'VIDEO_UPDATE';

/** The steps of making a video, in order. Progress as each begins: SCRIPT 10, SPEECH 30, VISUALS 50, CAPTIONS 75, ASSEMBLY 80, ANALYSIS 97. An accepted video is at 0, a finished one at 100. */
export type PipelineStage =
  | 'ANALYSIS'
  | 'ASSEMBLY'
  | 'CAPTIONS'
  | 'SCRIPT'
  | 'SPEECH'
  | 'VISUALS';

/** Platforms for publishing videos. */
export type Platform =
  | 'FACEBOOK'
  | 'INSTAGRAM'
  | 'TIKTOK'
  | 'X'
  | 'YOUTUBE';

/** A talking presenter in the picture, who speaks with the video’s voice. */
export type PresenterInput = {
  /** A picture of a face at a public https address, which the provider opens; the provider’s own presenter by default. */
  readonly imageUrl?: string | null | undefined;
  /** Whether the presenter is in a corner of the pictures, or in place of them. */
  readonly layout?: PresenterLayout;
  /** Name of an avatar provider; by default the first there is. At most 100 characters. */
  readonly provider?: string | null | undefined;
};

/** Where a presenter is in the picture. */
export type PresenterLayout =
  /** In a corner, above the captions. */
  | 'CORNER'
  /** In place of the scenes’ pictures, behind the captions. */
  | 'FULL';

/** The providers to try first, by their names in providers; others follow where they fail. */
export type ProviderPreferenceInput = {
  /** Draws the pictures. At most 100 characters. */
  readonly image?: string | null | undefined;
  /** Speaks the narration. At most 100 characters. */
  readonly speech?: string | null | undefined;
  /** Writes the script. At most 100 characters. */
  readonly text?: string | null | undefined;
};

/** A new account. */
export type RegisterInput = {
  /** Stored encrypted. */
  readonly email: string;
  /** Name to show. At most 200 characters. */
  readonly fullName?: string | null | undefined;
  /** At least 12 characters; none that is common, close to a name of the user, or a number. At most 200 characters. */
  readonly password: string;
  /** At least 3 letters, digits, dots, hyphens and underscores. At most 50 characters. */
  readonly username: string;
};

/** Length of the picture’s shorter side in pixels. */
export type Resolution =
  | 'FULL_HD_1080'
  | 'HD_720'
  | 'SD_480';

/** Role of a user; each role but GUEST contains the one before it. */
export type Role =
  | 'ADMIN'
  | 'CREATOR'
  | 'GUEST'
  | 'PREMIUM'
  | 'SUPER_ADMIN'
  | 'USER';

/** A scene given by the user. */
export type SceneInput = {
  /** The narration. At most 2,000 characters. */
  readonly narration: string;
  /** What the picture shows; by default made from the narration. At most 1,000 characters. */
  readonly visualPrompt?: string | null | undefined;
};

/** State of one stage. */
export type StageStatus =
  | 'COMPLETED'
  /** Final for this run. */
  | 'FAILED'
  | 'PENDING'
  /** Waits for its next attempt. */
  | 'RETRYING'
  | 'RUNNING'
  | 'SKIPPED';

/** What is wrong with an input. */
export type UserErrorCode =
  | 'ACCOUNT_LOCKED'
  | 'BUDGET_EXCEEDED'
  | 'CONFLICT'
  | 'IDEMPOTENCY_MISMATCH'
  | 'INVALID'
  | 'INVALID_CREDENTIALS'
  | 'INVALID_STATE'
  | 'NOT_FOUND'
  | 'PROVIDER_UNAVAILABLE'
  | 'QUOTA_EXCEEDED'
  | 'REQUIRED'
  | 'TAKEN'
  | 'TOO_LONG'
  | 'TOO_SHORT'
  | 'UNSUPPORTED';

/** Status of a video. */
export type VideoStatus =
  | 'AWAITING_APPROVAL'
  | 'CANCELED'
  | 'COMPLETED'
  | 'FAILED'
  | 'PENDING'
  | 'PROCESSING';

/** The voice and its speed. */
export type VoiceInput = {
  /** Name of a speech provider. No other speaks instead of it: where it fails, the video fails. At most 100 characters. */
  readonly provider?: string | null | undefined;
  /** Speed; 1 is the usual one. */
  readonly speed?: number;
  /** Id of one of voices, which is not replaced by another; by default the language’s first. At most 100 characters. */
  readonly voiceId?: string | null | undefined;
};

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { readonly register: { readonly user: { readonly id: string, readonly username: string } | null, readonly tokens: { readonly accessToken: string, readonly refreshToken: string, readonly tokenType: string, readonly expiresIn: number } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } | null };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { readonly login: { readonly user: { readonly id: string, readonly username: string } | null, readonly tokens: { readonly accessToken: string, readonly refreshToken: string, readonly tokenType: string, readonly expiresIn: number } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } | null };

export type RefreshTokensMutationVariables = Exact<{
  refreshToken: string;
}>;


export type RefreshTokensMutation = { readonly refreshTokens: { readonly user: { readonly id: string, readonly username: string } | null, readonly tokens: { readonly accessToken: string, readonly refreshToken: string, readonly tokenType: string, readonly expiresIn: number } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } | null };

export type SignedInFragment = { readonly user: { readonly id: string, readonly username: string } | null, readonly tokens: { readonly accessToken: string, readonly refreshToken: string, readonly tokenType: string, readonly expiresIn: number } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> };

export type FaultFragment = { readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly id: string, readonly username: string, readonly email: string | null, readonly permissions: ReadonlyArray<Permission> | null, readonly roles: ReadonlyArray<{ readonly role: Role, readonly expiresAt: string | null }> | null } | null };

export type HealthQueryVariables = Exact<{ [key: string]: never; }>;


export type HealthQuery = { readonly health: { readonly status: HealthStatus, readonly version: string, readonly uptimeSeconds: number, readonly timestamp: string } };

export type CreateVideoMutationVariables = Exact<{
  input: CreateVideoInput;
}>;


export type CreateVideoMutation = { readonly createVideo: { readonly video: { readonly id: string, readonly title: string, readonly status: VideoStatus, readonly lastEventId: string | null } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }>, readonly warnings: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string, readonly code: UserErrorCode }> } | null };

export type VideoQueryVariables = Exact<{
  id: string | number;
}>;


export type VideoQuery = { readonly video: { readonly id: string, readonly title: string, readonly description: string | null, readonly script: string | null, readonly language: string, readonly status: VideoStatus, readonly progress: number, readonly run: number, readonly currentStage: PipelineStage | null, readonly etaSeconds: number | null, readonly lastEventId: string | null, readonly aspectRatio: AspectRatio, readonly resolution: Resolution, readonly durationSeconds: number | null, readonly fileUrl: string | null, readonly fileSize: string | null, readonly format: string | null, readonly thumbnailUrl: string | null, readonly tags: ReadonlyArray<string>, readonly createdAt: string, readonly startedAt: string | null, readonly completedAt: string | null, readonly stages: ReadonlyArray<{ readonly stage: PipelineStage, readonly status: StageStatus, readonly progress: number, readonly attempt: number, readonly provider: string | null, readonly startedAt: string | null, readonly completedAt: string | null, readonly errorCode: string | null, readonly errorMessage: string | null }>, readonly scenes: ReadonlyArray<{ readonly id: string, readonly index: number, readonly narration: string, readonly durationSeconds: number | null, readonly imageUrl: string | null, readonly audioUrl: string | null }>, readonly analysis: { readonly summary: string, readonly suggestedTitle: string | null, readonly chapters: ReadonlyArray<{ readonly title: string, readonly startSeconds: number }> } | null, readonly quality: { readonly passed: boolean, readonly width: number, readonly height: number, readonly frameRate: number, readonly videoCodec: string, readonly audioCodec: string | null, readonly integratedLoudnessLufs: number | null, readonly problems: ReadonlyArray<string> } | null, readonly error: { readonly code: string, readonly message: string, readonly stage: PipelineStage | null, readonly retriable: boolean, readonly traceId: string | null } | null } | null };

export type CaptionsQueryVariables = Exact<{
  id: string | number;
  format: CaptionFormat;
}>;


export type CaptionsQuery = { readonly video: { readonly captions: string | null } | null };

export type VoicesQueryVariables = Exact<{
  language?: string | null | undefined;
}>;


export type VoicesQuery = { readonly voices: ReadonlyArray<{ readonly id: string, readonly name: string, readonly languages: ReadonlyArray<string> }> | null };

export type StopFragment = { readonly code: string, readonly message: string, readonly stage: PipelineStage | null, readonly retriable: boolean, readonly traceId: string | null };

export type VideoProgressSubscriptionVariables = Exact<{
  videoId: string | number;
  after?: string | number | null | undefined;
}>;


export type VideoProgressSubscription = { readonly videoProgress: { readonly id: string, readonly run: number, readonly status: VideoStatus, readonly stage: PipelineStage | null, readonly stageStatus: StageStatus | null, readonly progress: number, readonly message: string, readonly sceneIndex: number | null, readonly sceneCount: number | null, readonly etaSeconds: number | null, readonly at: string, readonly error: { readonly code: string, readonly message: string, readonly stage: PipelineStage | null, readonly retriable: boolean, readonly traceId: string | null } | null } };

export const FaultFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Fault"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]} as unknown as DocumentNode<FaultFragment, unknown>;
export const SignedInFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SignedIn"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"tokenType"}},{"kind":"Field","name":{"kind":"Name","value":"expiresIn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Fault"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Fault"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]} as unknown as DocumentNode<SignedInFragment, unknown>;
export const StopFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Stop"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProcessingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"traceId"}}]}}]} as unknown as DocumentNode<StopFragment, unknown>;
export const RegisterDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Register"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"register"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SignedIn"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Fault"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SignedIn"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"tokenType"}},{"kind":"Field","name":{"kind":"Name","value":"expiresIn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Fault"}}]}}]}}]} as unknown as DocumentNode<RegisterMutation, RegisterMutationVariables>;
export const LoginDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Login"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LoginInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"login"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SignedIn"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Fault"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SignedIn"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"tokenType"}},{"kind":"Field","name":{"kind":"Name","value":"expiresIn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Fault"}}]}}]}}]} as unknown as DocumentNode<LoginMutation, LoginMutationVariables>;
export const RefreshTokensDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefreshTokens"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"refreshToken"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshTokens"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"refreshToken"},"value":{"kind":"Variable","name":{"kind":"Name","value":"refreshToken"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SignedIn"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Fault"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SignedIn"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tokens"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"tokenType"}},{"kind":"Field","name":{"kind":"Name","value":"expiresIn"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Fault"}}]}}]}}]} as unknown as DocumentNode<RefreshTokensMutation, RefreshTokensMutationVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"roles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const HealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"uptimeSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"timestamp"}}]}}]}}]} as unknown as DocumentNode<HealthQuery, HealthQueryVariables>;
export const CreateVideoDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateVideo"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateVideoInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createVideo"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"video"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Fault"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Fault"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Fault"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]} as unknown as DocumentNode<CreateVideoMutation, CreateVideoMutationVariables>;
export const VideoDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Video"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"video"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"script"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"run"}},{"kind":"Field","name":{"kind":"Name","value":"currentStage"}},{"kind":"Field","name":{"kind":"Name","value":"etaSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventId"}},{"kind":"Field","name":{"kind":"Name","value":"aspectRatio"}},{"kind":"Field","name":{"kind":"Name","value":"resolution"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"fileUrl"}},{"kind":"Field","name":{"kind":"Name","value":"fileSize"}},{"kind":"Field","name":{"kind":"Name","value":"format"}},{"kind":"Field","name":{"kind":"Name","value":"thumbnailUrl"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"stages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"attempt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}},{"kind":"Field","name":{"kind":"Name","value":"errorCode"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"scenes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"index"}},{"kind":"Field","name":{"kind":"Name","value":"narration"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"audioUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"analysis"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"suggestedTitle"}},{"kind":"Field","name":{"kind":"Name","value":"chapters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"startSeconds"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"quality"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"passed"}},{"kind":"Field","name":{"kind":"Name","value":"width"}},{"kind":"Field","name":{"kind":"Name","value":"height"}},{"kind":"Field","name":{"kind":"Name","value":"frameRate"}},{"kind":"Field","name":{"kind":"Name","value":"videoCodec"}},{"kind":"Field","name":{"kind":"Name","value":"audioCodec"}},{"kind":"Field","name":{"kind":"Name","value":"integratedLoudnessLufs"}},{"kind":"Field","name":{"kind":"Name","value":"problems"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Stop"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Stop"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProcessingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"traceId"}}]}}]} as unknown as DocumentNode<VideoQuery, VideoQueryVariables>;
export const CaptionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Captions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"format"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CaptionFormat"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"video"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"captions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"format"},"value":{"kind":"Variable","name":{"kind":"Name","value":"format"}}}]}]}}]}}]} as unknown as DocumentNode<CaptionsQuery, CaptionsQueryVariables>;
export const VoicesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Voices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"language"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"LanguageTag"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"voices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"language"},"value":{"kind":"Variable","name":{"kind":"Name","value":"language"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"languages"}}]}}]}}]} as unknown as DocumentNode<VoicesQuery, VoicesQueryVariables>;
export const VideoProgressDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"VideoProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"videoId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"videoProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"videoId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"videoId"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"run"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"stageStatus"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"sceneIndex"}},{"kind":"Field","name":{"kind":"Name","value":"sceneCount"}},{"kind":"Field","name":{"kind":"Name","value":"etaSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Stop"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Stop"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ProcessingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"retriable"}},{"kind":"Field","name":{"kind":"Name","value":"traceId"}}]}}]} as unknown as DocumentNode<VideoProgressSubscription, VideoProgressSubscriptionVariables>;