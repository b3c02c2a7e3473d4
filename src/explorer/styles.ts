/** The stylesheet of the explorer, without what {@link closerStyles} has. */
export const styles = `
:where(.layerscope-explorer) {
  --paper: light-dark(#fff, #17191e);
  --card: light-dark(#f6f7f9, #1f2229);
  --ink: light-dark(#1b1e25, #e9ebf0);
  --quiet: light-dark(#565d6b, #a4abb9);
  --line: light-dark(#d9dde4, #343a45);
  --accent: light-dark(#22688f, #56c1a7);
  --mark: #ff5a36;
}
.layerscope-explorer {
  color-scheme: light dark;
  container-type: inline-size;
  background: var(--paper);
  padding: 16px;
  border-radius: 14px;
  color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif;
  text-align: start;
}
.layerscope-explorer[data-theme=light] { color-scheme: light }
.layerscope-explorer[data-theme=dark] { color-scheme: dark }
.layerscope-explorer *, .layerscope-explorer *::before { box-sizing: border-box }
.layerscope-explorer [hidden] { display: none !important }
.layerscope-frame { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px }
.layerscope-explorer :where(h2, h3, h4, p, ol) { margin: 0; padding: 0; font: inherit }
.layerscope-explorer :where(h2, h3, h4) { font-weight: 600 }
.layerscope-explorer h2 { font-size: 17px; font-weight: 600 }
.layerscope-explorer h2 .layerscope-quiet { font-weight: 400 }
.layerscope-quiet { color: var(--quiet); font-size: 13px }
.layerscope-name { overflow-wrap: anywhere }
.layerscope-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.layerscope-side { display: grid; gap: 16px; align-content: start; min-width: 0 }
.layerscope-main { display: grid; gap: 28px; align-content: start; min-width: 0 }
.layerscope-card { background: var(--card); border-radius: 12px; padding: 14px 16px }
.layerscope-pixels { image-rendering: pixelated; display: block }
.layerscope-input { position: relative; margin: 8px 0; max-width: 320px; border-radius: 4px; overflow: hidden;
  background: #000; touch-action: pan-y; cursor: crosshair }
.layerscope-input canvas { position: absolute; inset: 0; width: 100%; height: 100% }
.layerscope-explorer[data-empty] .layerscope-input { aspect-ratio: 1; background: var(--line) }
.layerscope-explorer[data-empty] .layerscope-layer { opacity: .5 }
.layerscope-place { font-size: 13px; color: var(--quiet); min-height: 19px; overflow-wrap: anywhere }
.layerscope-value { font-size: 22px; font-weight: 600; line-height: 1.25; min-height: 28px;
  font-variant-numeric: tabular-nums }
.layerscope-sight .layerscope-quiet { min-height: 38px }
.layerscope-output { list-style: none; display: grid; grid-template-columns: minmax(1.2em, auto) 1fr minmax(4.4em, auto); gap: 3px 8px; margin-top: 8px }
.layerscope-output li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center;
  font-size: 14px; color: var(--quiet); font-variant-numeric: tabular-nums }
.layerscope-output span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 9em }
.layerscope-output i { height: 12px; border-radius: 3px; overflow: hidden; background: var(--line) }
.layerscope-output i::before { content: ''; display: block; height: 100%; background: var(--quiet);
  transform: scaleX(var(--share, 0)); transform-origin: 0 }
.layerscope-output b { text-align: end; font-weight: 400; white-space: nowrap }
.layerscope-output [data-best] { color: var(--ink) }
.layerscope-output [data-best] :is(b, span) { font-weight: 600 }
.layerscope-output [data-best] i::before { background: var(--accent) }
.layerscope-place-of-controls { min-height: 32px }
.layerscope-explorer :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.layerscope-layer { display: grid; grid-template-columns: minmax(0, 1fr); gap: 6px; justify-items: start }
.layerscope-layer > div:last-child { justify-self: stretch }
.layerscope-stage { position: relative; margin-top: 2px; touch-action: pan-y; max-width: 100% }
.layerscope-stage > canvas { image-rendering: auto }
.layerscope-tiles { position: absolute; inset: 0; display: grid; align-content: start }
.layerscope-tiles button { all: unset; display: flex; align-items: start; cursor: crosshair; font: 600 11px/1 system-ui, sans-serif; color: transparent; padding: 3px;
  box-sizing: border-box; overflow: hidden; text-shadow: none; border-radius: 1px }
@container (max-width: 859px) {
  .layerscope-side { display: contents }
  .layerscope-sight { display: grid; grid-template-columns: minmax(96px, 34%) 1fr; gap: 0 14px; align-content: start;
    align-self: start; position: sticky; top: 0; z-index: 1; border: 1px solid var(--line) }
  .layerscope-sight h2 { display: none }
  .layerscope-sight .layerscope-input { margin: 0 }
}
@container (min-width: 520px) and (max-width: 859px) {
  .layerscope-frame { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) }
  .layerscope-main, .layerscope-message { grid-column: 1 / -1 }
}
@container (min-width: 860px) {
  .layerscope-frame { grid-template-columns: clamp(248px, 26%, 340px) minmax(0, 1fr); gap: 24px 32px }
  .layerscope-side { position: sticky; top: 16px; }
  .layerscope-message { grid-column: 1 / -1 }
}
`;

/** The rest of it: what is there once somebody points, clicks, or has sent something wrong. */
export const closerStyles = `
.layerscope-controls { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; font-size: 14px }
.layerscope-controls span { display: inline-flex; flex-wrap: wrap; gap: 8px; align-items: center }
.layerscope-controls :is(select, input), .layerscope-button { font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--line); border-radius: 7px; padding: 5px 9px; min-height: 32px }
.layerscope-controls input { width: 6.5em }
.layerscope-explorer h4 { font-size: 13px; margin-top: 16px }
.layerscope-detail { margin-top: 8px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px 28px }
.layerscope-head { display: flex; gap: 6px; align-items: center; grid-column: 1 / -1 }
.layerscope-head h3 { flex: 1; font-size: 16px; overflow-wrap: anywhere }
.layerscope-large { position: relative; max-width: 364px; cursor: crosshair; touch-action: pan-y }
.layerscope-large canvas { width: 100%; height: 100% }
.layerscope-bar { display: flex; gap: 8px; align-items: center; font-size: 13px; font-variant-numeric: tabular-nums; margin-top: 8px;
  max-width: 364px }
.layerscope-strip { flex: 1; min-width: 40px; height: 12px; border-radius: 3px }
.layerscope-numbers { font-size: 14px }
.layerscope-histogram { display: flex; align-items: end; gap: 1px; height: 72px; max-width: 364px; margin-top: 6px;
  border-bottom: 1px solid var(--quiet) }
.layerscope-histogram i { flex: 1; background: var(--accent) }
.layerscope-ends { display: flex; justify-content: space-between; max-width: 364px; font-size: 12px; color: var(--quiet) }
.layerscope-explorer h4 + .layerscope-pixels { margin-top: 6px }
@container (min-width: 560px) {
  .layerscope-detail { grid-template-columns: minmax(0, min(364px, 50%)) minmax(0, 1fr) }
}
.layerscope-message { padding: 10px 14px; border-radius: 8px; overflow-wrap: anywhere;
  background: light-dark(#fdecea, #4a1d1a); color: light-dark(#8c1d13, #ffc9c2); font-weight: 500 }
.layerscope-marks { pointer-events: none }
.layerscope-problem { color: light-dark(#b3261e, #ff9d93) }
.layerscope-button { cursor: pointer; min-width: 36px }
.layerscope-button:hover { border-color: var(--quiet) }
.layerscope-tiles button:is([data-numbered], :hover, :focus-visible) { color: #fff; text-shadow: 0 0 2px #000, 0 0 3px #000, 0 0 1px #000 }
.layerscope-tiles [data-dead] { box-shadow: inset 0 0 0 1px #b9a3c9; }
.layerscope-tiles button:is([aria-pressed=true], :focus-visible) { outline: 3px solid var(--accent); outline-offset: 0 }
.layerscope-cursor { position: absolute; left: 0; top: 0; pointer-events: none; outline: 2px solid var(--mark);
  box-shadow: 0 0 0 3px #0008; min-width: 3px; min-height: 3px }
@media (forced-colors: active) {
  .layerscope-output i::before, .layerscope-histogram i { background: CanvasText }
}
`;
