import { TwimlError } from './ast.ts';
import type { XmlElement } from './xml.ts';

export const SCHEMA_ERROR = 12200;

export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => {
    if (child.type === 'element') return true;
    if (child.text.trim() === '') return false;
    throw new TwimlError(SCHEMA_ERROR, `Text is not allowed in <${element.name}>`);
  });
}

export function requireEmpty(element: XmlElement): void {
  const [child] = elementsOf(element);
  if (child === undefined) return;
  throw new TwimlError(SCHEMA_ERROR, `<${child.name}> is not allowed inside <${element.name}>`);
}

export function textOnly(element: XmlElement): string {
  const inner = element.children.find((child) => child.type === 'element');
  if (inner !== undefined) {
    throw new TwimlError(SCHEMA_ERROR, `<${inner.name}> is not allowed inside <${element.name}>`);
  }
  return element.children
    .map((child) => (child.type === 'text' ? child.text : ''))
    .join('')
    .trim();
}
