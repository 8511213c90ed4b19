import { Field, ID, ObjectType } from 'type-graphql';
import { NodeType } from '../node.type.ts';
import { DateTime } from '../scalars.ts';

@ObjectType('Session', {
  description: 'A device on which the caller is signed in.',
  implements: NodeType,
  simpleResolvers: true,
})
export class SessionType {
  @Field(() => ID, { description: 'Opaque id; the claim "sid" of the tokens of this session.' })
  declare readonly id: string;

  @Field(() => String, { nullable: true, description: 'The User-Agent header of its last sign-in or refresh.' })
  declare readonly userAgent: string | null;

  @Field(() => String, { nullable: true, description: 'The address of its last sign-in or refresh.' })
  declare readonly ipAddress: string | null;

  @Field(() => DateTime, { description: 'When the device signed in.' })
  declare readonly createdAt: Date;

  @Field(() => DateTime, { description: 'When it signed in or refreshed its tokens last.' })
  declare readonly lastUsedAt: Date;

  @Field(() => DateTime, { description: 'When it ends unless its tokens are refreshed.' })
  declare readonly expiresAt: Date;

  @Field(() => Boolean, { description: 'Whether this request comes from it.' })
  declare readonly isCurrent: boolean;
}
