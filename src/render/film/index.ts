export type { FilmOptions } from './FilmOptions';
export { type FilmRecorder, type LayerFilm, type RecordFilmOptions, recordFilm } from './recordFilm';
export { type RenderAnimatedSvgOptions, renderAnimatedSvg } from './renderAnimatedSvg';
export { type RenderApngOptions, renderApng } from './renderApng';
