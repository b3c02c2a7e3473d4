export { type DigitStyle, type DrawDigitOptions, drawDigit } from './drawDigit';
