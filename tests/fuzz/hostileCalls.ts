import { BOOM, hostileValues } from './hostileValues';
import type { PublicCall } from './PublicCall';

/** Letters of a message at the most: it has to be read. */
const LONGEST = 400;

/** @returns What the error says, if there is one. */
export async function attempt({ run }: PublicCall, args: readonly unknown[]): Promise<string | undefined> {
  try {
    const made: unknown = await run(...(args as never[]));
    // A training hands back the model that it made.
    const owner = Object(Object(made).model ?? made);
    const { dispose } = owner as { dispose?: () => void };
    dispose?.call(owner);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : `no error but ${String(error)}`;
  }
}

/** @returns What is wrong with a message. */
export function judge(message: string | undefined, names: readonly string[]): string | undefined {
  if (message === undefined || message === BOOM) return undefined;
  if (message.length > LONGEST) return `a message of ${message.length} letters`;
  // An option that there is not is named itself.
  const isNamed = names.some((name) => message.includes(name)) || message.includes(': unknown option; ');
  if (!isNamed) return `a message without ${names.join(' or ')}`;
  return /^[\w"'$. ,()/[\]…-]+: /.test(message) ? undefined : 'a raw message';
}

export interface HostileCall {
  readonly what: string;
  /** One of them is in the message. */
  readonly names: readonly string[];
  readonly args: readonly unknown[];
}

/** The call with one thing at a time replaced: an argument, a part of one, a part of a part. */
export function listHostile(
  { args, parts = [] }: PublicCall,
  values: typeof hostileValues = hostileValues,
): HostileCall[] {
  const entries = Object.entries(args);
  return entries.flatMap(([key, value], place) => {
    const put = (changed: unknown) => entries.map(([, right], at) => (at === place ? changed : right));
    // Other options may be missing in what takes the place of all.
    const names = key === 'options' ? [key, ...Object.keys(value as object)] : key.split('|');
    const whole = values().map(([what, hostile]) => ({
      what: `${key} = ${what}`,
      names,
      args: put(hostile),
    }));
    if (!parts.includes(key)) return whole;
    const inside = replaceParts(value as object, key, values).map(({ what, path, changed }) => {
      const inner = path.filter((part) => !/^\d+$/.test(part));
      const own = key === 'options' ? inner : [...names, ...inner.slice(0, 1)];
      return { what, names: own, args: put(changed) };
    });
    return [...whole, ...inside];
  });
}

/** Copies of a value with one thing in it replaced, as deep as it nests. */
function replaceParts(
  value: object,
  name: string,
  values: typeof hostileValues,
): { what: string; path: string[]; changed: unknown }[] {
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return [];
  const put = (part: string, changed: unknown) =>
    Array.isArray(value) ? Object.assign([...value], { [part]: changed }) : { ...value, [part]: changed };
  const unknown = Array.isArray(value) || name !== 'options' ? [] : ['layre'];
  return [...Object.keys(value), ...unknown].slice(0, 40).flatMap((part) => {
    const present: unknown = Reflect.get(value, part);
    const here = values().map(([what, hostile]) => {
      return { what: `${name}.${part} = ${what}`, path: [part], changed: put(part, hostile) };
    });
    const isFirst = !Array.isArray(value) || part === '0';
    if (typeof present !== 'object' || present === null || !isFirst) return isFirst ? here : here.slice(0, 3);
    const deeper = replaceParts(present, `${name}.${part}`, values).map(({ what, path, changed }) => {
      return { what, path: [part, ...path], changed: put(part, changed) };
    });
    return [...here, ...deeper];
  });
}
