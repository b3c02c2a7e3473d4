/**
 * What bundlers say of large files. An app with tfjs alone reads all of webpack's; that no file of ours is too large by
 * itself is checked in the built files (requireSmallFiles).
 */
const sizeHints = [
  /^WARNING in (asset size limit|entrypoint size limit|webpack performance recommendations):(.*\n)+?\n/gm,
  // esbuild marks what is more than a megabyte: all that is loaded when needed, put into one file.
  /^ +\S+ +[\d.]+mb ⚠️$/gm,
];

/** The lines of a tool's output that warn of anything but a size. */
export function findWarnings(output) {
  let hints = 0;
  let rest = output;
  for (const hint of sizeHints) {
    rest = rest.replace(hint, () => {
      hints += 1;
      return '';
    });
  }
  // webpack counts its warnings; there must be no other than those above.
  rest = rest.replace(new RegExp(`^webpack \\S+ compiled with ${hints} warnings? `, 'm'), '');
  // tfjs says "already registered" where it is loaded twice, without the word warning.
  return rest.split('\n').filter((line) => /warn|deprecat|error|attention|⚠|\(!\)|already/i.test(line));
}
