import { describe, expect, it } from 'vitest';
import { escapeXml } from '../../../src/render/svg/escapeXml';

describe('escapeXml', () => {
  it.each([
    ['Layer: conv1', 'Layer: conv1'],
    ['', ''],
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    [`"it's"`, '&quot;it&#39;s&quot;'],
    ['&amp;', '&amp;amp;'],
    ['</text><script>alert(1)</script>', '&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;'],
    [']]>', ']]&gt;'],
    ['Größe 特徴 🐈', 'Größe 特徴 🐈'],
    ['tab\tline\nreturn\r', 'tab\tline\nreturn\r'],
    ['e\u0301 \u007f \u0085', 'e\u0301 \u007f \u0085'],
  ])('escapes %j', (text, escaped) => {
    expect(escapeXml(text)).toBe(escaped);
  });

  it.each([
    ['a zero', '\0'],
    ['a bell', '\u0007'],
    ['an escape', '\u001b'],
    ['half a pair, the first', '\ud83d'],
    ['half a pair, the second', '\udc08'],
    ['U+FFFE', '\ufffe'],
    ['U+FFFF', '\uffff'],
  ])('replaces %s, which XML cannot hold', (_, character) => {
    expect(escapeXml(`<${character}>`)).toBe('&lt;\ufffd&gt;');
  });

  it('replaces every one', () => {
    expect(escapeXml('\u0001a\u0002\ud83d')).toBe('\ufffda\ufffd\ufffd');
  });
});
