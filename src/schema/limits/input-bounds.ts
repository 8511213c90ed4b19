import { GraphQLID, type GraphQLInputType, GraphQLString, getNamedType, isEnumType } from 'graphql';
import { PASSWORD_LENGTH } from '../../auth/password-rules.ts';
import { ACCOUNT_LIMITS } from '../../services/accounts/account-fields.ts';
import { MAX_PROCESSOR_REFERENCE } from '../../services/accounts/administration/administration.service.ts';
import { API_KEY_LIMITS } from '../../services/accounts/api-keys/api-key.service.ts';
import { PROFILE_LIMITS } from '../../services/accounts/profile-fields.ts';
import { MAX_USER_SEARCH } from '../../services/accounts/user-directory.ts';
import { CONTENT_LIMITS } from '../../services/generations/content-input.ts';
import { MAX_KEY_LENGTH } from '../../services/idempotency.ts';
import { MAX_TEST_PROMPT } from '../../services/test-prompt.ts';
import { LIMITS } from '../../services/videos/create-video-validation.ts';
import { SEARCH_LIMITS } from '../../services/videos/list/video-search.ts';

/** The largest size of one argument or input field. */
export interface InputBound {
  /** Code points of a text, or of each text of a list. */
  readonly characters?: number;
  /** Elements of a list. */
  readonly items?: number;
  /** Where halves of characters become � instead of being refused: texts that people paste, whose other faults are mended too. */
  readonly isMended?: true;
}

/** An opaque id of ours has at most 45 characters. */
const ID_CHARACTERS = 64;
/** A cursor of a list ordered by title contains the title, up to three bytes per character, as base64. */
const CURSOR_CHARACTERS = 2_000;
const TOKEN_CHARACTERS = 2_000;
const NAME_CHARACTERS = 100;
/** With blanks around it, as it is pasted. */
const PROVIDER_KEY_CHARACTERS = 1_000;
const TAGS: InputBound = { characters: LIMITS.tag, items: LIMITS.tags, isMended: true };

const mended = (characters: number): InputBound => ({ characters, isMended: true });

/**
 * By schema coordinate, every argument and input field of type String and every list that holds no enum values. A new one without a line
 * here gets `DEFAULT_BOUND`, and a test fails until the line is there.
 */
export const INPUT_BOUNDS: Readonly<Record<string, InputBound>> = {
  'CreateVideoInput.title': mended(LIMITS.title),
  'CreateVideoInput.description': mended(LIMITS.description),
  'CreateVideoInput.topic': mended(LIMITS.topic),
  'CreateVideoInput.script': mended(LIMITS.script),
  'CreateVideoInput.article': mended(LIMITS.article),
  'CreateVideoInput.scenes': { items: LIMITS.scenes },
  'CreateVideoInput.visualStyle': mended(LIMITS.visualStyle),
  'CreateVideoInput.tags': TAGS,
  'SceneInput.narration': mended(LIMITS.narration),
  'SceneInput.visualPrompt': mended(LIMITS.visualPrompt),
  'VoiceInput.provider': { characters: NAME_CHARACTERS },
  'VoiceInput.voiceId': { characters: NAME_CHARACTERS },
  'ProviderPreferenceInput.text': { characters: NAME_CHARACTERS },
  'ProviderPreferenceInput.image': { characters: NAME_CHARACTERS },
  'ProviderPreferenceInput.speech': { characters: NAME_CHARACTERS },
  'PresenterInput.provider': { characters: NAME_CHARACTERS },
  'MusicInput.mood': { characters: NAME_CHARACTERS },
  'GenerateTextInput.prompt': mended(CONTENT_LIMITS.textPrompt),
  'GenerateTextInput.model': { characters: CONTENT_LIMITS.model },
  'GenerateTextInput.provider': { characters: NAME_CHARACTERS },
  'GenerateImageInput.prompt': mended(CONTENT_LIMITS.imagePrompt),
  'GenerateImageInput.model': { characters: CONTENT_LIMITS.model },
  'GenerateImageInput.provider': { characters: NAME_CHARACTERS },
  'GenerateSpeechInput.text': mended(CONTENT_LIMITS.speech),
  'UpdateVideoInput.title': mended(LIMITS.title),
  'UpdateVideoInput.description': mended(LIMITS.description),
  'UpdateVideoInput.script': mended(LIMITS.script),
  'UpdateVideoInput.tags': TAGS,
  'UpdateVideoInput.seoTitle': mended(LIMITS.seoTitle),
  'UpdateVideoInput.seoDescription': mended(LIMITS.seoDescription),
  'UpdateVideoInput.seoKeywords': TAGS,
  'VideoFilter.tags': TAGS,
  'VideoFilter.search': mended(SEARCH_LIMITS.characters),
  'LoginInput.password': { characters: PASSWORD_LENGTH.most },
  'LoginInput.identifier': { characters: ACCOUNT_LIMITS.email.most },
  'RegisterInput.username': { characters: ACCOUNT_LIMITS.username.most },
  'RegisterInput.password': { characters: PASSWORD_LENGTH.most },
  'RegisterInput.fullName': { characters: ACCOUNT_LIMITS.fullName.most },
  'CreateApiKeyInput.name': { characters: API_KEY_LIMITS.name },
  'Mutation.setPlan(processorReference:)': { characters: MAX_PROCESSOR_REFERENCE },
  'Query.users(search:)': { characters: MAX_USER_SEARCH },
  'Query.users(after:)': { characters: CURSOR_CHARACTERS },
  'Query.auditLog(after:)': { characters: CURSOR_CHARACTERS },
  'Query.alerts(after:)': { characters: CURSOR_CHARACTERS },
  'Query.auditLog(action:)': { characters: NAME_CHARACTERS },
  'UpdateProfileInput.fullName': { characters: PROFILE_LIMITS.fullName },
  'UpdateProfileInput.bio': { characters: PROFILE_LIMITS.bio },
  'UpdateProfileInput.location': { characters: PROFILE_LIMITS.location },
  'UpdateProfileInput.phone': { characters: PROFILE_LIMITS.phone },
  'Mutation.changePassword(currentPassword:)': { characters: PASSWORD_LENGTH.most },
  'Mutation.changePassword(newPassword:)': { characters: PASSWORD_LENGTH.most },
  'Mutation.changeEmail(password:)': { characters: PASSWORD_LENGTH.most },
  'Mutation.resetPassword(token:)': { characters: TOKEN_CHARACTERS },
  'Mutation.resetPassword(newPassword:)': { characters: PASSWORD_LENGTH.most },
  'Mutation.verifyEmail(token:)': { characters: TOKEN_CHARACTERS },
  'Mutation.deleteAccount(password:)': { characters: PASSWORD_LENGTH.most },
  'Mutation.createVideo(idempotencyKey:)': { characters: MAX_KEY_LENGTH },
  'Mutation.generateText(idempotencyKey:)': { characters: MAX_KEY_LENGTH },
  'Mutation.generateImage(idempotencyKey:)': { characters: MAX_KEY_LENGTH },
  'Mutation.generateSpeech(idempotencyKey:)': { characters: MAX_KEY_LENGTH },
  'Mutation.retryVideo(idempotencyKey:)': { characters: MAX_KEY_LENGTH },
  'Mutation.refreshTokens(refreshToken:)': { characters: TOKEN_CHARACTERS },
  'Mutation.recoverStuckVideos(videoIds:)': { items: 100 },
  'Mutation.setProviderEnabled(name:)': { characters: NAME_CHARACTERS },
  'Mutation.setProviderKey(provider:)': { characters: NAME_CHARACTERS },
  'Mutation.setProviderKey(key:)': { characters: PROVIDER_KEY_CHARACTERS },
  'Mutation.setProviderKey(accessKeyId:)': { characters: PROVIDER_KEY_CHARACTERS },
  'Mutation.setProviderKey(region:)': { characters: NAME_CHARACTERS },
  'Mutation.removeProviderKey(provider:)': { characters: NAME_CHARACTERS },
  'Mutation.runDatabaseMaintenance(tables:)': { characters: NAME_CHARACTERS, items: 100 },
  'Mutation.testProvider(name:)': { characters: NAME_CHARACTERS },
  'Mutation.testProvider(prompt:)': mended(MAX_TEST_PROMPT),
  'Query.videos(after:)': { characters: CURSOR_CHARACTERS },
  'Query.videos(before:)': { characters: CURSOR_CHARACTERS },
  'Query.generations(after:)': { characters: CURSOR_CHARACTERS },
  'Video.generations(after:)': { characters: CURSOR_CHARACTERS },
  'User.videos(after:)': { characters: CURSOR_CHARACTERS },
  'Subscription.providerStatusChanged(name:)': { characters: NAME_CHARACTERS },
  'User.videos(before:)': { characters: CURSOR_CHARACTERS },
};

/** For a coordinate that is missing in the table. */
export const DEFAULT_BOUND = { characters: 200, items: 100 };

/** Raw input may be this much longer than its bound; beyond it, the input is refused without being read. */
export const RAW_FACTOR = 4;

/**
 * The bound at a schema coordinate, both parts always set. Services refuse what exceeds a bound slightly, field by field and in the
 * form in which it is stored; what exceeds `RAW_FACTOR` times a bound is refused before the resolver is called.
 */
export function boundOf(coordinate: string, type: GraphQLInputType): InputBound & typeof DEFAULT_BOUND {
  return { ...DEFAULT_BOUND, ...boundByType(type), ...INPUT_BOUNDS[coordinate] };
}

/** Ids have one length everywhere, and a list of enum values need not be longer than the enum. */
export function boundByType(type: GraphQLInputType): InputBound {
  const named = getNamedType(type);
  if (named === GraphQLID) return { characters: ID_CHARACTERS };
  return isEnumType(named) ? { items: named.getValues().length } : {};
}

/** Whether values of this type are texts that are bounded by their coordinate; our own scalars have bounds of their own. */
export function isText(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return named === GraphQLString || named === GraphQLID;
}
