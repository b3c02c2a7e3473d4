/** Names that a file may have for a layer, a model or a class, and what a page may make of them. */
export const HOSTILE_NAMES: Readonly<Record<string, string>> = {
  markup: '<img src=x onerror="window.attacked=1">',
  script: '</title></style></script><script>window.attacked=1</script>',
  'the end of a CDATA section': ']]><script>window.attacked=1</script><![CDATA[',
  'the end of a comment': '--><script>window.attacked=1</script><!--',
  'the end of an attribute': `"' onload="window.attacked=1" onclick='window.attacked=1`,
  entities: '&lt;script&gt;&#60;script&#62;&a;%b;',
  address: 'javascript:window.attacked=1',
  'control characters': 'a\u0000\u0001\b\u001b[2J\u001b]0;x\u0007\u007f\u0085\r\nb',
  'another direction': 'a\u202egnp.exe\u2066\u200f\u2028\u2029\ufeff',
  'half a pair': '\ud800<\udc00>',
  'a megabyte': '<b>'.repeat(350_000),
  'the prototype': '__proto__',
  'a method': 'constructor',
};

/** What a name becomes where XML has no such characters. */
export function inXml(name: string): string {
  return name
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|[\ud800-\udfff]/g, '\ufffd')
    .replace(/\r\n?/g, '\n');
}
