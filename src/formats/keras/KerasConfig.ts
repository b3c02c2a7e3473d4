/** A thing as Keras writes it down: a layer, an initializer, a function. */
export interface KerasObject {
  readonly class_name: string;
  readonly config: KerasConfig;
  readonly name?: unknown;
  readonly module?: unknown;
  readonly registered_name?: unknown;
  readonly inbound_nodes?: unknown;
  readonly keras_version?: unknown;
}

export type KerasConfig = Readonly<Record<string, unknown>>;

/** The classes that are models themselves: their layers are in their configuration. */
export const MODEL = /^(Sequential|Functional|Model)$/;

export function isRecord(value: unknown): value is KerasConfig {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isKerasObject(value: unknown): value is KerasObject {
  return isRecord(value) && typeof value.class_name === 'string' && isRecord(value.config);
}

/** A sequential model in its oldest form, of Keras before 2.2.3: its configuration is the list of its layers. */
export function isLayerList(
  value: unknown,
): value is Omit<KerasObject, 'config'> & { readonly config: unknown[] } {
  return isRecord(value) && value.class_name === 'Sequential' && Array.isArray(value.config);
}

/** Keras calls things `in_this_way`, TensorFlow.js `inThisWay`. */
export function toCamelCase(name: string): string {
  return name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
}
