import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = join(import.meta.dirname, 'fixtures/diagnostics');
const PAGE = join(import.meta.dirname, '../../docs/destiny-script-diagnostics.md');
/** What shows a fault of size is too large for a page. */
const MAX_CHARS = 1500;

const HEAD = `# Diagnostics of Destiny-Script

Every diagnostic with a script that has it, what the compiler says when that is published, and the script mended. The examples are the files in \`src/script/fixtures/diagnostics\`; \`src/script/diagnostics.test.ts\` compiles them. [The language](destiny-script.md) has the table of all codes.
`;

test('the page of diagnostics shows the scripts that are tested', async () => {
  const sections = readdirSync(FOLDER).sort().map(section);
  await expect([HEAD, ...sections].join('\n')).toMatchFileSnapshot(PAGE);
});

function section(code: string): string {
  const read = (name: string) => readFileSync(join(FOLDER, code, name), 'utf8');
  const block = (language: string, text: string) => {
    const shown = text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS)} ...\n` : text;
    return `\`\`\`${language}\n${shown}\`\`\`\n`;
  };
  return [
    `## ${code}\n`,
    block('text', read('bad.script')),
    block('text', reportOf(code, read('report.txt'))),
    'Mended:\n',
    block('text', read('mended.script')),
  ].join('\n');
}

/** What the script has besides is not what it is shown for. */
function reportOf(code: string, report: string): string {
  const parts = report.split(/\n(?=bad\.script:)/).map((part) => part.trimEnd());
  return `${parts
    .filter((part) => part.includes(` ${code}: `))
    .join('\n')
    .replaceAll(/^(.{200}).+$/gm, '$1 ...')}\n`;
}
