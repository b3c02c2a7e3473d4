/** The stylesheet of the report. Figures keep a light ground, as their text is dark. */
export const styles = `
:root { color-scheme: light dark; --paper: light-dark(#f3f4f6, #14161a); --card: light-dark(#fff, #1e2127);
  --ink: light-dark(#1b1e25, #e9ebf0); --quiet: light-dark(#565d6b, #a4abb9); --line: light-dark(#dde1e7, #343a45);
  --accent: light-dark(#22688f, #56c1a7) }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 1040px; padding: 32px 20px 64px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif }
header { display: flex; gap: 24px; align-items: center; flex-wrap: wrap; margin-bottom: 28px }
header img { width: 132px; height: auto; max-height: 264px; image-rendering: pixelated; border-radius: 8px;
  border: 1px solid var(--line) }
h1 { margin: 0; font-size: 30px; line-height: 1.2; overflow-wrap: anywhere }
h2 { margin: 0 0 14px; font-size: 19px; overflow-wrap: anywhere }
p { margin: 6px 0 0 }
.quiet, figcaption, dt { color: var(--quiet) }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 20px 22px; margin: 0 0 20px;
  break-inside: avoid }
.picture { background: #fff; border-radius: 8px; overflow-x: auto; padding: 10px }
.picture > svg { display: block; max-width: max(100%, 520px); height: auto; margin: 0 auto }
.numbers { display: grid; grid-template-columns: minmax(0, 1fr) minmax(220px, 320px); gap: 20px 32px; margin-top: 18px;
  align-items: end }
dl { margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(132px, 1fr)); gap: 10px 18px }
dt { font-size: 13px }
dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
figure { margin: 0 }
figure svg { display: block; width: 100%; height: 72px; fill: var(--accent); border-bottom: 1px solid var(--quiet) }
figcaption { display: flex; justify-content: space-between; font-size: 13px; font-variant-numeric: tabular-nums;
  margin-top: 4px }
.table { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: 15px }
th, td { text-align: start; padding: 7px 14px 7px 0; border-bottom: 1px solid var(--line); font-weight: 400;
  white-space: nowrap }
thead th { color: var(--quiet); font-size: 13px }
tbody th { font-weight: 600 }
.number { text-align: end; font-variant-numeric: tabular-nums; padding-right: 0; padding-left: 14px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
@media (max-width: 640px) {
  body { padding: 20px 12px 40px }
  section { padding: 16px 14px }
  .numbers { grid-template-columns: minmax(0, 1fr) }
}
@media print {
  body { background: none; padding: 0; max-width: none }
  section { border: 0; padding: 0 }
}
`;
