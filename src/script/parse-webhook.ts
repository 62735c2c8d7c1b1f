import { isPrivateHost } from '../shared/private-host.ts';
import type { StatementAst } from './ast.ts';
import type { DirectiveLine } from './directive-arguments.ts';
import { parseTemplate } from './parse-template.ts';

const TIMEOUT_MS = 2000;
const MAX_TIMEOUT_MS = 5000;

/** "@webhook" , ( "GET" | "POST" ) , url , [ "timeout" , duration ] ; the url may stand in quotes */
export function parseWebhook(line: DirectiveLine): StatementAst | null {
  const { raw, rawStart, report } = line;
  const [, head = '', method, quoted, plain, after = ''] =
    /^((GET|POST)\s+)(?:"([^"]*)"|((?:\{\{[^}]*\}\}|[^\s"])+))(.*)$/s.exec(raw) ?? [];
  const url = quoted ?? plain;
  if (url === undefined) return fail(line, '`GET` or `POST` and an address');
  const at = rawStart + head.length + (quoted === undefined ? 0 : 1);
  const problem = problemOf(url);
  if (problem !== null) {
    report('DS111', { start: at, end: at + url.length }, problem);
    return null;
  }
  const timeoutMs = readTimeout(after.trim());
  if (timeoutMs === null) return fail(line, '`timeout` and a time from 100ms to 5s at the end');
  const template = parseTemplate(url, at, report);
  const type = 'webhook';
  return {
    type,
    method: method === 'POST' ? 'POST' : 'GET',
    url: template,
    timeoutMs,
    span: line.span,
  };
}

function fail({ name, span, report }: DirectiveLine, expected: string): null {
  report('DS111', span, `\`@${name}\` expects ${expected}.`);
  return null;
}

function readTimeout(text: string): number | null {
  if (text === '') return TIMEOUT_MS;
  const [, amount, unit] = /^timeout\s+(\d+(?:\.\d+)?)(ms|s)$/.exec(text) ?? [];
  const ms = Number(amount) * (unit === 's' ? 1000 : 1);
  return ms >= 100 && ms <= MAX_TIMEOUT_MS ? ms : null;
}

/** The host is written out, so that no contact's field decides whom our servers call. */
function problemOf(url: string): string | null {
  const [, host] = /^https?:\/\/([^/?#]*)/i.exec(url) ?? [];
  if (host === undefined) return 'The address of a webhook begins with `https://`.';
  if (host.includes('{{')) return 'The host of a webhook cannot be a variable.';
  const parsed = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : null;
  if (parsed === null || parsed.username !== '' || parsed.password !== '') {
    return `\`${host}\` is not a host.`;
  }
  return isPrivateHost(parsed.hostname) ? `\`${host}\` is not a public address.` : null;
}
