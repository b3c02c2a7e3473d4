/** What a `metadata.json` of Teachable Machine says. */
export interface Metadata {
  readonly classNames: readonly string[] | undefined;
  /** Whether the network takes pictures: others take the points of a body, or sounds. */
  readonly takesPictures: boolean;
}

/**
 * Reads the `metadata.json` that Teachable Machine writes beside the `model.json` of a network.
 *
 * @returns `undefined` if it is none, whatever else is called so.
 */
export function parseMetadata(text: string): Metadata | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof content !== 'object' || content === null) return undefined;
  const { tmVersion, packageName, labels, wordLabels, imageSize } = content as Record<string, unknown>;
  const names = [labels, wordLabels].find(isNames);
  const isPackage = typeof packageName === 'string' && packageName.startsWith('@teachablemachine/');
  const isOurs = typeof tmVersion === 'string' || isPackage || (isNames(labels) && imageSize !== undefined);
  if (!isOurs && !isNames(wordLabels)) return undefined;
  const isPicture = isPackage ? packageName === '@teachablemachine/image' : !isNames(wordLabels);
  return { classNames: names, takesPictures: isPicture };
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string');
}
