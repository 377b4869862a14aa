import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes which packages of the npm registry are inside of the user interface, with their licences, and the words of those:
 * target/licences/ui-libraries.txt and ui-licence-texts.txt beside the list of the Java libraries. It reads the lock file
 * and the packages that are installed, and needs no network. A package without a licence fails the build.
 */
const into = process.argv[2] ?? '../target/licences';
const packages = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
const lines = [];
const texts = [];
const missing = [];
for (const [place, entry] of Object.entries(packages)) {
  // What only builds and tests is not inside.
  if (!place.startsWith('node_modules/') || entry.dev || entry.devOptional) continue;
  const name = entry.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const own = join(place, 'package.json');
  const described = existsSync(own) ? JSON.parse(readFileSync(own, 'utf8')) : {};
  const licence =
    entry.license ?? described.license?.type ?? described.license ?? described.licenses?.[0]?.type;
  if (!licence) {
    missing.push(`${name}@${entry.version}`);
    continue;
  }
  const home = described.homepage ?? `https://www.npmjs.com/package/${name}`;
  lines.push(`(${licence}) ${name} (${name}@${entry.version} - ${home})`);
  const file = existsSync(place) && readdirSync(place).find((each) => /^(licen[cs]e|copying)/i.test(each));
  if (file) texts.push(`${name}@${entry.version}\n\n${readFileSync(join(place, file), 'utf8').trim()}\n`);
}
if (missing.length > 0) {
  console.error(`Packages without a licence: ${missing.join(', ')}`);
  process.exit(1);
}
lines.sort((one, other) => one.localeCompare(other, 'en'));
const list = join(into, 'ui-libraries.txt');
mkdirSync(dirname(list), { recursive: true });
writeFileSync(
  list,
  `\nLists of ${lines.length} packages of the user interface.\n${lines.map((line) => `     ${line}\n`).join('')}`,
);
writeFileSync(join(into, 'ui-licence-texts.txt'), texts.sort().join(`\n${'-'.repeat(80)}\n\n`));
console.log(`${lines.length} packages with their licences in ${list}`);
