/** A thing as Keras writes it down: a layer, an initializer, a function. */
export interface KerasObject {
  readonly class_name: string;
  readonly config: KerasConfig;
  readonly name?: unknown;
  readonly module?: unknown;
  readonly registered_name?: unknown;
  readonly inbound_nodes?: unknown;
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
