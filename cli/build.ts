import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './local/wrangler.ts';
import { noteBuilt, PAGE_DIR } from './page/ensure-page.ts';
import { chunkSizes, type Manifest, pathSizes } from './page/page-sizes.ts';

/** `npm run build`: the page, its sizes, and a failure where it became too large. */
await build({ configFile: join(ROOT, 'web', 'vite.config.ts'), logLevel: 'warn' });
const manifestFile = join(PAGE_DIR, '.vite', 'manifest.json');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
// It is about the build and nobody asks for it over the network.
rmSync(join(PAGE_DIR, '.vite'), { recursive: true });

console.log('KB gzipped');
for (const [file, kilobytes] of chunkSizes(PAGE_DIR)) print(file, kilobytes);
console.log('');
const paths = pathSizes(PAGE_DIR, manifest);
for (const { name, kilobytes, mostKilobytes } of paths) {
  print(`${name} (at most ${mostKilobytes})`, kilobytes);
}
const tooLarge = paths.filter(({ kilobytes, mostKilobytes }) => kilobytes > mostKilobytes);
for (const { name } of tooLarge) console.error(`Too large: ${name}`);
noteBuilt();
process.exit(tooLarge.length === 0 ? 0 : 1);

function print(name: string, kilobytes: number): void {
  console.log(`${kilobytes.toFixed(1).padStart(7)}  ${name}`);
}
