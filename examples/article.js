// The article's figures: what the convolutions of a small network see in a digit. The command with what is written here
// put before what the user says; --image FILE is what the command calls FILE.
//
//   node examples/article.js [--digit 7 | --image my.png] [--out DIR]
const given = process.argv.slice(2).filter((arg) => arg !== '--image');
const args = given.map((arg) => arg.replace(/^--image=/, ''));
process.argv.splice(2, Number.POSITIVE_INFINITY, '--format', 'png,svg,terminal', ...args);

await import(new URL('../dist/cli.js', import.meta.url).href);
