export type Part = { readonly kind: 'code' | 'text'; readonly text: string };

/** What a page in Markdown says under the heading of a code, its examples apart from its words. */
export function sectionOf(page: string, code: string): Part[] {
  const sections = page.split(/^## /m).slice(1);
  const own = sections.find((section) => section.split('\n', 1)[0]?.trim() === code);
  if (own === undefined) return [];
  const body = own.slice(own.indexOf('\n') + 1);
  return body.split(/^```(?:\w+)?\n([\s\S]*?)^```$/m).flatMap((text, i): Part[] => {
    const shown = i % 2 === 1 ? text.trimEnd() : text.trim();
    return shown === '' ? [] : [{ kind: i % 2 === 1 ? 'code' : 'text', text: shown }];
  });
}
