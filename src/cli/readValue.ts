import { quote } from '../common/quote';
import type { LayerSelector } from '../model/selection/selectLayers';
import { UsageError } from './UsageError';

/** Turns the text after an option into what the option stands for. `name` is the option, for the message. */
export type ReadValue<Value> = (text: string, name: string) => Value;

/** @returns A reader of whole numbers from `minimum` to `maximum`. */
export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER): ReadValue<number> {
  const wanted =
    maximum === Number.MAX_SAFE_INTEGER
      ? `a whole number of at least ${minimum}`
      : `a whole number from ${minimum} to ${maximum}`;
  return (text, name) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text) && value >= minimum && value <= maximum) return value;
    throw expected(name, wanted, text);
  };
}

/** @returns A reader of one of some words. */
export function oneOf<Word extends string>(words: readonly Word[]): ReadValue<Word> {
  return (text, name) => {
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) throw expected(name, listWords(words), text);
    return word;
  };
}

/** @returns A reader of some of some words, with commas between them, each taken once. */
export function someOf<Word extends string>(words: readonly Word[]): ReadValue<readonly Word[]> {
  return (text, name) => {
    const chosen = text.split(',').map((part) => {
      const word = words.find((candidate) => candidate === part.trim());
      if (word === undefined) {
        throw expected(name, `one or more of ${words.join(', ')}, with commas between them`, text);
      }
      return word;
    });
    return [...new Set(chosen)];
  };
}

/** Reads whole numbers of at least 0 with commas between them. */
export function numberList(text: string, name: string): readonly number[] {
  return text.split(',').map((part) => {
    if (/^\d+$/.test(part.trim())) return Number(part);
    throw expected(name, 'whole numbers of at least 0 with commas between them', text);
  });
}

/** Reads a finite number. */
export function anyNumber(text: string, name: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw expected(name, 'a number', text);
}

/** Reads two numbers with a comma between them, such as `-1,1`; `undefined` for anything else. */
export function readRange(text: string): readonly [lowest: number, highest: number] | undefined {
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [lowest = Number.NaN, highest = Number.NaN] = parts;
  return parts.length === 2 && Number.isFinite(lowest) && Number.isFinite(highest)
    ? [lowest, highest]
    : undefined;
}

/** @returns A reader of any text but the empty one, which `wanted` names. */
export function someText(wanted: string): ReadValue<string> {
  return (text, name) => {
    if (text === '') throw new UsageError(`${name}: expected ${wanted}, got nothing`);
    return text;
  };
}

/** Takes the text as it is. */
export function anyText(text: string): string {
  return text;
}

/** Reads `/expression/flags`, paths with commas between them, or part of a name. */
export function layerSelector(text: string, name: string): LayerSelector {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? [];
  if (source !== undefined) {
    try {
      return new RegExp(source, flags);
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
      throw new UsageError(`${name}: expected a regular expression, got ${quote(text)} (${reason})`, {
        cause: error,
      });
    }
  }
  const paths = text.split(',').map((path) => path.trim());
  if (paths.includes('')) {
    throw expected(name, 'part of a name, /expression/ or paths with commas between them', text);
  }
  return paths.length > 1 ? paths : paths[0]!;
}

/** The error that an option was `text` and should be something else. */
export function expected(name: string, wanted: string, text: string): UsageError {
  return new UsageError(`${name}: expected ${wanted}, got ${text === '' ? 'nothing' : JSON.stringify(text)}`);
}

function listWords(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
