import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Scene } from '../../entities/scene.ts';
import { encodeId } from '../../ids.ts';
import { SceneType } from '../../schema/videos/scene.type.ts';
import type { Context } from '../context.ts';

@Resolver(() => SceneType)
export class SceneResolver {
  @FieldResolver()
  id(@Root() scene: Scene): string {
    return encodeId('scene', scene.id);
  }

  @FieldResolver()
  index(@Root() scene: Scene): number {
    return scene.position;
  }

  @FieldResolver()
  imageUrl(@Root() { imageKey }: Scene, @Ctx() { services }: Context): string | null {
    return imageKey ? services.links.url(imageKey) : null;
  }

  @FieldResolver()
  audioUrl(@Root() { audioKey }: Scene, @Ctx() { services }: Context): string | null {
    return audioKey ? services.links.url(audioKey) : null;
  }
}
