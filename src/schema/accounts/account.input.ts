import { Field, InputType } from 'type-graphql';
import { EmailAddress, URL } from '../scalars.ts';

@InputType('LoginInput', { description: 'Credentials of a user.' })
export class LoginInput {
  @Field(() => String, { description: 'Username or e-mail address.' })
  declare readonly identifier: string;

  @Field(() => String, { description: 'The password.' })
  declare readonly password: string;
}

@InputType('RegisterInput', { description: 'A new account.' })
export class RegisterInput {
  @Field(() => String, { description: 'At least 3 letters, digits, dots, hyphens and underscores.' })
  declare readonly username: string;

  @Field(() => EmailAddress, { description: 'Stored encrypted.' })
  declare readonly email: string;

  @Field(() => String, {
    description: 'At least 12 characters; none that is common, close to a name of the user, or a number.',
  })
  declare readonly password: string;

  @Field(() => String, { nullable: true, description: 'Name to show.' })
  declare readonly fullName?: string | null;
}

@InputType('UpdateProfileInput', { description: 'What is left out stays as it is; null clears it.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'Name to show.' })
  declare readonly fullName?: string | null;

  @Field(() => String, { nullable: true, description: 'A short text about the user.' })
  declare readonly bio?: string | null;

  @Field(() => URL, { nullable: true, description: 'Their picture. The server does not open it.' })
  declare readonly avatarUrl?: globalThis.URL | null;

  @Field(() => URL, { nullable: true, description: 'Their web page. The server does not open it.' })
  declare readonly website?: globalThis.URL | null;

  @Field(() => String, { nullable: true, description: 'Their place, as free text.' })
  declare readonly location?: string | null;

  @Field(() => String, { nullable: true, description: 'Stored encrypted.' })
  declare readonly phone?: string | null;
}
