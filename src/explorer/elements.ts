/** What an element is made with: `part` names its class, the rest are properties of it. */
type Properties<Tag extends keyof HTMLElementTagNameMap> = {
  part?: string;
  aria?: Record<string, string>;
} & Partial<Omit<HTMLElementTagNameMap[Tag], 'style' | 'part'>>;

/**
 * Makes an element with the class `layerscope-<part>`, for each word of `part`. Strings go in as text: a layer may be called `<img onerror=…>`.
 */
export type MakeElement = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties?: Properties<Tag>,
  ...children: (Node | string)[]
) => HTMLElementTagNameMap[Tag];

export function createElements(document: Document): MakeElement {
  return (tag, { part, aria = {}, ...properties } = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    if (part) element.className = part.replace(/\S+/g, 'layerscope-$&');
    for (const [name, value] of Object.entries(aria)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
}

/** Sets a text, unless it is there already: an equal text would be laid out, and read out, again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
