import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** Prints the compressed JavaScript of the first load of a list page and fails above the budget of 300 KB. */
const BUDGET = 300_000;
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const files = new Set();
const follow = (key) => {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const next of chunk.imports ?? []) follow(next);
};
follow('index.html');
follow('src/features/records/components/RecordScreens.tsx');
let total = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(`dist/${file}`)).length;
  total += size;
  console.log(`${String(size).padStart(8)}  ${file}`);
}
console.log(`${String(total).padStart(8)}  first load of a list page, gzip, budget ${BUDGET}`);
if (total > BUDGET) process.exit(1);
