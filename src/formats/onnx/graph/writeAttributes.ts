/** A setting of a node; a text that begins with `DT_` is a type of TensorFlow's. */
export type Attribute = string | boolean | number | readonly number[] | readonly string[];

/** Writes settings as the JSON of a GraphDef has them. */
export function writeAttributes(attributes: Readonly<Record<string, Attribute>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, write(value)]));
}

function write(value: Attribute): unknown {
  if (typeof value === 'string') return value.startsWith('DT_') ? { type: value } : { s: btoa(value) };
  if (typeof value === 'boolean') return { b: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { i: value } : { f: value };
  return typeof value[0] === 'string'
    ? { list: { s: value.map((text) => btoa(String(text))) } }
    : { list: { i: value } };
}
