type Schema = Readonly<Record<string, unknown>>;

/** The part of JSON Schema that our schema uses, so that tests can hold flows against it. */
export function schemaFaults(root: Schema, value: unknown): readonly string[] {
  return check(root, root, value, '$');
}

function check(root: Schema, schema: Schema, value: unknown, path: string): readonly string[] {
  if (typeof schema.$ref === 'string') {
    const definitions = schemaOf(root.$defs);
    return check(root, schemaOf(definitions[schema.$ref.replace('#/$defs/', '')]), value, path);
  }
  if (Array.isArray(schema.anyOf)) {
    const isFit = schema.anyOf.some((one) => check(root, schemaOf(one), value, path).length === 0);
    return isFit ? [] : [`${path}: fits none of the alternatives`];
  }
  if ('const' in schema) return schema.const === value ? [] : [`${path}: not ${schema.const}`];
  if (Array.isArray(schema.enum)) {
    return schema.enum.includes(value) ? [] : [`${path}: not one of ${schema.enum.join(', ')}`];
  }
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (!types.some((type) => isOfType(value, type))) return [`${path}: not ${types.join(' or ')}`];
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => check(root, schemaOf(schema.items), item, `${path}[${i}]`));
  }
  if (typeof value === 'object' && value !== null) return checkObject(root, schema, value, path);
  return [];
}

function checkObject(root: Schema, schema: Schema, value: object, path: string): readonly string[] {
  const properties = schemaOf(schema.properties ?? {});
  const required = Array.isArray(schema.required) ? schema.required : [];
  const missing = required.filter((key) => !Object.hasOwn(value, key));
  const faults = Object.entries(value).flatMap(([key, item]) => {
    const own = Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
    return own === false
      ? [`${path}.${key}: unknown`]
      : check(root, schemaOf(own), item, `${path}.${key}`);
  });
  return [...missing.map((key) => `${path}.${key}: missing`), ...faults];
}

function schemaOf(value: unknown): Schema {
  if (typeof value !== 'object' || value === null) throw new TypeError('Not a schema');
  return value as Schema;
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  return Object.is(typeof value, type);
}
