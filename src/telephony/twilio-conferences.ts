import type { ConferenceRooms, NewParticipant, ParticipantChange } from './conferences.ts';
import { failed, readable, type TwilioOptions, TwilioRest } from './twilio-rest.ts';

/** https://www.twilio.com/docs/voice/api/conference-participant-resource */
export class TwilioConferences implements ConferenceRooms {
  readonly #rest: TwilioRest;

  constructor(options: TwilioOptions) {
    this.#rest = new TwilioRest(options);
  }

  async change(conferenceSid: string, callSid: string, change: ParticipantChange) {
    const path = `${this.#participants(conferenceSid)}/${encodeURIComponent(callSid)}.json`;
    const answer = await this.#rest.send('POST', path, changeForm(change));
    if (answer.kind === 'answer' && answer.status === 404) return false;
    readable(answer);
    return true;
  }

  async call(conferenceSid: string, participant: NewParticipant): Promise<string> {
    const path = `${this.#participants(conferenceSid)}.json`;
    const fields = readable(await this.#rest.send('POST', path, callForm(participant)));
    if (typeof fields.call_sid === 'string') return fields.call_sid;
    throw failed('Twilio answered with something that is no participant.');
  }

  #participants(conferenceSid: string): string {
    return `${this.#rest.accountPath}Conferences/${encodeURIComponent(conferenceSid)}/Participants`;
  }
}

function changeForm({ muted, hold, endsConference }: ParticipantChange): URLSearchParams {
  const form = new URLSearchParams();
  if (muted !== undefined) form.set('Muted', String(muted));
  if (hold !== undefined) form.set('Hold', String(hold !== false));
  if (hold !== undefined && hold !== false) {
    form.set('HoldUrl', hold.musicUrl);
    form.set('HoldMethod', 'POST');
  }
  if (endsConference !== undefined) form.set('EndConferenceOnExit', String(endsConference));
  return form;
}

function callForm(participant: NewParticipant): URLSearchParams {
  const { to, from, label, timeoutSeconds, timeLimitSeconds, endsConference } = participant;
  return new URLSearchParams({
    ...{ To: to, From: from, Label: label, Beep: 'false', EarlyMedia: 'false' },
    ...{ Timeout: String(timeoutSeconds), TimeLimit: String(timeLimitSeconds) },
    EndConferenceOnExit: String(endsConference),
  });
}
