/**
 * Refuses what Vue has made reactive: each object inside is then a proxy, which TensorFlow.js takes for another object.
 *
 * @throws TypeError naming the ways to keep it as it is.
 */
export function requireRaw(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  // Vue's own mark: a proxy answers with what it stands for (`toRaw` of @vue/reactivity).
  if ((value as { __v_raw?: unknown }).__v_raw === undefined) return;
  throw new TypeError(
    `${name}: expected it as it is, got a reactive proxy of Vue; keep it in shallowRef() in place of ref(), or wrap it by markRaw()`,
  );
}
