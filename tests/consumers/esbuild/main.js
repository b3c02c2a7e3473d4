import { drawFigures } from './drawFigures.js';

const threads = new URLSearchParams(location.search).has('threads');
// A bundle in one file is a classic script, which has no await of its own.
drawFigures(document.querySelector('main'), { threads }).then((result) => {
  window.result = result;
});
