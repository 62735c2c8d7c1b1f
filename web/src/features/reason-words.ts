import { words } from '../lib/format.ts';

/** https://www.rfc-editor.org/rfc/rfc3261#section-21, those that phones answer with. */
const SIP: Readonly<Record<string, string>> = {
  '404': 'No such number',
  '408': 'Did not answer',
  '480': 'Could not be reached',
  '484': 'The number is too short',
  '486': 'Busy',
  '487': 'Did not answer',
  '503': 'Failed at the carrier',
  '603': 'Declined',
};

/** Why something ended as it did, in words. */
export function reasonWords(reason: string): string {
  const [, code] = /^sip_(\d{3})$/.exec(reason) ?? [];
  return code === undefined ? words(reason) : (SIP[code] ?? `The carrier said ${code}`);
}
