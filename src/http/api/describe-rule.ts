import type { RouteSpec } from '../../contract/route.ts';

/** A route's rule in words, for the reference and the table in docs/api.md. */
export function describeRule({ rule, idempotent, edits }: RouteSpec): string {
  return [
    who(rule),
    idempotent === 'required' ? 'Needs an Idempotency-Key.' : '',
    idempotent === 'optional' ? 'Takes an Idempotency-Key.' : '',
    edits === true ? 'Needs If-Match.' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function who(rule: RouteSpec['rule']): string {
  switch (rule.who) {
    case 'anyone':
      return 'Anyone.';
    case 'person':
      return 'Who is signed in.';
    case 'superadmin':
      return 'SUPERADMIN.';
    case 'tenant': {
      const key = rule.scope === null ? 'no API key' : `API key with \`${rule.scope}\``;
      const plan = rule.feature === null ? '' : ` Plan with ${rule.feature} calls.`;
      return `${rule.role} of the tenant; ${key}.${plan}`;
    }
  }
}
