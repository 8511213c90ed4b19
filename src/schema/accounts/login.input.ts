import { Field, InputType } from 'type-graphql';

@InputType('LoginInput', { description: 'Who wants to sign in.' })
export class LoginInput {
  @Field(() => String, { description: 'Username or e-mail address.' })
  declare readonly identifier: string;

  @Field(() => String, { description: 'The password.' })
  declare readonly password: string;
}
