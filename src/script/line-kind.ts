export type LineKind = 'blank' | 'comment' | 'node' | 'branch' | 'directive' | 'speech';

/** What a line is, by how it begins; `text` has no white space before it. */
export function kindOf(text: string): LineKind {
  if (text === '') return 'blank';
  if (text.startsWith('//')) return 'comment';
  if (text.startsWith('[')) return 'node';
  if (text.startsWith('->')) return 'branch';
  return text.startsWith('@') ? 'directive' : 'speech';
}
