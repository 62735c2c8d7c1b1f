import type { CallSpec, CallStatus } from './types.ts';

export const API_VERSION = '2010-04-01';

/** What the carrier posts with every request about a call; empty values are signed like others. */
export function callParams(spec: CallSpec, status: CallStatus): Record<string, string> {
  return {
    AccountSid: spec.accountSid,
    ApiVersion: API_VERSION,
    CallSid: spec.callSid,
    CallStatus: status,
    Direction: spec.direction,
    From: spec.from,
    To: spec.to,
    Caller: spec.from,
    Called: spec.to,
    ...place('From'),
    ...place('To'),
    ...place('Caller'),
    ...place('Called'),
  };
}

export function rfc2822(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

function place(party: string): Record<string, string> {
  return {
    [`${party}City`]: '',
    [`${party}State`]: '',
    [`${party}Zip`]: '',
    [`${party}Country`]: 'US',
  };
}
