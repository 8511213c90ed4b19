import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { AppError } from '../../../errors.ts';
import { LoginDocument, RefreshTokensDocument, type SignedInFragment } from '../../generated/documents.ts';
import type { Api } from './api.ts';

/** The user's credentials; a bare token cannot be renewed. */
export type Identity =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'password'; readonly identifier: string; readonly password: string };

type Tokens = NonNullable<SignedInFragment['tokens']>;

/** A signed-in user of a server; the access token is renewed when it expires. */
export class Session {
  readonly api: Api;
  readonly #identity: Identity;
  #tokens: Pick<Tokens, 'accessToken'> & Partial<Pick<Tokens, 'refreshToken'>>;

  private constructor(api: Api, identity: Identity, tokens: Session['tokens']) {
    this.api = api;
    this.#identity = identity;
    this.#tokens = tokens;
  }

  /**
   * Throws API_UNAUTHENTICATED with the server's sentence for a wrong password; a bare token is checked at its first
   * use.
   */
  static async open(api: Api, identity: Identity): Promise<Session> {
    const tokens = identity.kind === 'token' ? { accessToken: identity.token } : await signIn(api, identity);
    return new Session(api, identity, tokens);
  }

  /** The session of a user who has just registered. */
  static of(api: Api, identity: Identity, tokens: Tokens): Session {
    return new Session(api, identity, tokens);
  }

  get tokens(): Readonly<Pick<Tokens, 'accessToken'> & Partial<Pick<Tokens, 'refreshToken'>>> {
    return this.#tokens;
  }

  /** Like Api.ask; a token that has expired meanwhile is renewed once. */
  async ask<Result, Variables>(document: TypedDocumentNode<Result, Variables>, variables: Variables): Promise<Result> {
    try {
      return await this.api.ask(document, variables, this.#tokens.accessToken);
    } catch (thrown) {
      if (!isUnauthenticated(thrown)) throw thrown;
      await this.renew();
      return await this.api.ask(document, variables, this.#tokens.accessToken);
    }
  }

  /** Throws API_UNAUTHENTICATED if the refresh token is used up and no password is known. */
  async renew(): Promise<void> {
    this.#tokens = (await this.#refreshed()) ?? (await this.#signedInAgain());
  }

  async #refreshed(): Promise<Tokens | null> {
    const { refreshToken } = this.#tokens;
    if (refreshToken === undefined) return null;
    try {
      return (await this.api.ask(RefreshTokensDocument, { refreshToken })).refreshTokens?.tokens ?? null;
    } catch (thrown) {
      if (isUnauthenticated(thrown)) return null;
      throw thrown;
    }
  }

  async #signedInAgain(): Promise<Tokens> {
    if (this.#identity.kind === 'password') return await signIn(this.api, this.#identity);
    const message =
      'The server does not accept this token (any more): sign in again, and give the new one with --token.';
    throw new AppError('API_UNAUTHENTICATED', message);
  }
}

export function isUnauthenticated(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'API_UNAUTHENTICATED';
}

async function signIn(api: Api, { identifier, password }: { identifier: string; password: string }): Promise<Tokens> {
  const { login } = await api.ask(LoginDocument, { input: { identifier, password } });
  if (login?.tokens) return login.tokens;
  const reasons = login?.userErrors.map(({ message }) => message).join(' ');
  throw new AppError('API_UNAUTHENTICATED', reasons || 'The server did not sign you in.');
}
