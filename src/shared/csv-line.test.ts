import { expect, test } from 'vitest';
import { csvLine } from './csv-line.ts';

test.each([
  { cells: ['a', 1, null, 'b'], line: 'a,1,,b\r\n' },
  { cells: ['x,y', 'say "hi"', 'two\nlines'], line: '"x,y","say ""hi""","two\nlines"\r\n' },
  {
    cells: ['=1+1', '+15551234567', '-2', '@SUM(A1)'],
    line: "'=1+1,'+15551234567,'-2,'@SUM(A1)\r\n",
  },
  { cells: ['\t=1', '\r=1'], line: '\'\t=1,"\'\r=1"\r\n' },
])('$line', ({ cells, line }) => {
  expect(csvLine(cells)).toBe(line);
});
