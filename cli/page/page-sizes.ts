import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Vite's own account of what it built, by source file. */
export type Manifest = Readonly<
  Record<
    string,
    {
      readonly file: string;
      readonly imports?: readonly string[];
      readonly dynamicImports?: readonly string[];
    }
  >
>;
export type PathSize = {
  readonly name: string;
  readonly kilobytes: number;
  readonly mostKilobytes: number;
};

const OVERVIEW = 'src/pages/overview/overview.tsx';
const SERIES = 'src/pages/overview/series.tsx';

/** Gzipped script in thousands of bytes, and what each way into the page may cost. */
export function pathSizes(directory: string, manifest: Manifest): readonly PathSize[] {
  const first = staticFiles(manifest, ['index.html', OVERVIEW]);
  const charts = staticFiles(manifest, [SERIES]).filter((file) => !first.includes(file));
  return [
    { name: "Overview's numbers", kilobytes: sum(directory, first), mostKilobytes: 170 },
    { name: 'charts, later', kilobytes: sum(directory, charts), mostKilobytes: 130 },
  ];
}

/** Every chunk with its gzipped size, the largest first. */
export function chunkSizes(directory: string): readonly (readonly [string, number])[] {
  return globSync('assets/*.{js,css}', { cwd: directory })
    .map((file) => [file, gzipped(directory, file)] as const)
    .sort(([, a], [, b]) => b - a);
}

/** What a browser fetches before it can run these, following every static import. */
export function staticFiles(manifest: Manifest, entries: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`The build made no chunk of ${key}.`);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const entry of entries) visit(entry);
  return [...seen].map((key) => manifest[key]?.file ?? '').filter((file) => file.endsWith('.js'));
}

function sum(directory: string, files: readonly string[]): number {
  return files.reduce((total, file) => total + gzipped(directory, file), 0);
}

function gzipped(directory: string, file: string): number {
  return gzipSync(readFileSync(join(directory, file)), { level: 9 }).length / 1000;
}
