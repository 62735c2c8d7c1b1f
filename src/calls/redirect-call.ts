import type { CallbackUrls } from '../telephony/callback-url.ts';
import type { Carrier } from '../telephony/carrier.ts';
import type { ConferenceRooms } from '../telephony/conferences.ts';
import type { Redirection } from './session-types.ts';

/** Messages of the `redirect` queue. */
export type RedirectJob = Redirection & { readonly tenantId: string; readonly callId: string };

/** The caller is taken off hold; `host` ends the room again when he leaves it. */
export type ResumeJob = {
  readonly tenantId: string;
  readonly callId: string;
  readonly conferenceSid: string;
  readonly callerSid: string;
  readonly host: string | null;
};

/**
 * Sends a live call to the turn that its session now expects. A call that got there by itself, or is
 * over, is left alone. Throws `carrier_failed` when it is worth another try.
 */
export async function redirectCall(
  deps: {
    readonly carrier: Pick<Carrier, 'updateCall'>;
    readonly urls: CallbackUrls;
    readonly session: { awaitsRedirect(nonce: number): Promise<boolean> };
  },
  job: RedirectJob,
): Promise<'sent' | 'not_needed' | 'try_again'> {
  if (!(await deps.session.awaitsRedirect(job.nonce))) return 'not_needed';
  const ref = { tenant: job.tenantId, call: job.callId, nonce: String(job.nonce) };
  const result = await deps.carrier.updateCall(job.sid, { url: deps.urls.turn(ref) });
  switch (result.kind) {
    case 'updated':
      return 'sent';
    case 'too_late':
    case 'rejected':
      return 'not_needed';
    // Sent twice it changes nothing: the turn is answered from its row.
    case 'rate_limited':
    case 'unknown':
      return 'try_again';
  }
}

/** The talk goes on; whoever is gone meanwhile needs nothing. Throws `carrier_failed`. */
export async function resumeTalk(
  rooms: Pick<ConferenceRooms, 'change'>,
  { conferenceSid, callerSid, host }: ResumeJob,
): Promise<void> {
  if (host !== null) await rooms.change(conferenceSid, host, { endsConference: true });
  await rooms.change(conferenceSid, callerSid, { hold: false });
}
