import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Selects everything of a type; of a type that the way to it has already, the fields without fields of their own. */
export function everythingOf(schema: GraphQLSchema, typeName: string, way: readonly string[] = []): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new TypeError(`${typeName} is no type of objects.`);
  const here = [...way, typeName];
  const selections = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const inner = getNamedType(field.type);
    if (isScalarType(inner) || isEnumType(inner)) return [field.name];
    if (way.includes(typeName)) return [];
    const page = field.args.some(({ name }) => name === 'first') ? '(first: 2)' : '';
    return [`${field.name}${page} ${everythingOf(schema, inner.name, here)}`];
  });
  return `{ ${selections.join(' ')} }`;
}

/** The fields that a document selects, as `Type.field`. */
export function fieldsIn(schema: GraphQLSchema, document: string): Set<string> {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  // A visitor that returned something would replace the field.
  const note = () => void found.add(`${info.getParentType()?.name}.${info.getFieldDef()?.name}`);
  visit(parse(document), visitWithTypeInfo(info, { Field: note }));
  return found;
}

/** The fields that lead to an object of one of these types, as `Type.field`. */
export function fieldsTo(schema: GraphQLSchema, isWanted: (typeName: string) => boolean): string[] {
  return objectTypesOf(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const inner = getNamedType(field.type);
      return isObjectType(inner) && isWanted(inner.name) ? [`${type.name}.${field.name}`] : [];
    }),
  );
}

/** The root fields that take an id, also within an input. */
export function rootFieldsWithIds(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) =>
    Object.values(root?.getFields() ?? {}).flatMap(({ name, args }) =>
      args.some(({ type }) => takesId(getNamedType(type))) ? [`${root?.name}.${name}`] : [],
    ),
  );
}

export function objectTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__') ? [type] : [],
  );
}

function takesId(type: unknown): boolean {
  if (isInputObjectType(type))
    return Object.values(type.getFields()).some((field) => takesId(getNamedType(field.type)));
  return isScalarType(type) && type.name === 'ID';
}
