import type { PresenterLayout } from '../../entities/enums.ts';
import type { VideoPresenter } from '../../entities/video.ts';
import type { UserFault } from '../user-fault.ts';

type Maybe<T> = T | null | undefined;

export interface PresenterInput {
  readonly provider?: Maybe<string>;
  readonly imageUrl?: Maybe<string | URL>;
  readonly layout: PresenterLayout;
}

/** The providers that make presenters here, and which pictures they are asked to open. */
export interface PresenterAbilities {
  readonly names: readonly string[];
  /** False for a link that is not https, or leads to a private address. */
  isPublicLink(url: string): boolean;
}

const NO_PROVIDER =
  'This installation has no provider that makes presenters: leave it out, or set the key of a service, D_ID_API_KEY (docs/providers.md).';

export function checkPresenter(
  presenter: Maybe<PresenterInput>,
  { names, isPublicLink }: PresenterAbilities,
  add: (code: UserFault['code'], message: string, ...path: string[]) => void,
): void {
  if (presenter == null) return;
  const { provider, imageUrl } = presenter;
  if (names.length === 0) add('PROVIDER_UNAVAILABLE', NO_PROVIDER, 'presenter');
  else if (provider != null && !names.includes(provider)) {
    const message = `There is no provider of this name that makes presenters here; there is ${names.join(', ')}.`;
    add('NOT_FOUND', message, 'presenter', 'provider');
  }
  if (imageUrl != null && !isPublicLink(String(imageUrl)))
    add('INVALID', 'This must be an https link to a picture at a public address.', 'presenter', 'imageUrl');
}

/** As a video's row has it; null where the user asks for none. */
export function presenterOf(presenter: Maybe<PresenterInput>): VideoPresenter | null {
  if (presenter == null) return null;
  const { provider, imageUrl, layout } = presenter;
  return {
    layout,
    ...(provider == null ? {} : { provider }),
    ...(imageUrl == null ? {} : { imageUrl: String(imageUrl) }),
  };
}
