/** One event of a call in a few words; the rest of its detail stands behind it. */
type Detail = Readonly<Record<string, unknown>>;

const WORDS: Readonly<Record<string, (detail: Detail) => string>> = {
  'call.queued': () => 'Waits for its turn',
  'vars.snapshot': () => 'Values were taken down',
  'tts.generate.start': () => 'Speech is being made',
  'tts.generate.done': () => 'Speech is made',
  'tts.generate.failed': () => 'Speech could not be made',
  'tts.fallback': () => "A sentence was spoken by Twilio's own voice",
  'tts.live': () => 'A sentence with words of this call was spoken',
  'pacer.reserved': () => 'Got its place in the pace',
  'twilio.dial.request': () => 'Twilio was asked to call',
  'twilio.dial.accepted': () => 'Twilio calls',
  'twilio.dial.rejected': () => 'Twilio refused the call',
  'twilio.dial.unknown': () => 'Twilio did not say whether it calls',
  'twilio.status': ({ status }) => `The phone: ${plain(status)}`,
  'twilio.amd': ({ answeredBy }) => `Answered by: ${plain(answeredBy)}`,
  'flow.enter': ({ node }) => `Came to [${plain(node)}]`,
  'flow.prompt': ({ node }) => `Heard [${plain(node)}]`,
  'flow.input': ({ input }) => (input === 'dtmf' ? 'Pressed keys' : 'Said something'),
  'flow.match': ({ target }) => `Understood, goes to [${plain(target)}]`,
  'flow.no_match': () => 'Was not understood',
  'flow.no_input': () => 'Said nothing',
  'flow.capture': ({ name }) => `Gave a value: ${plain(name)}`,
  'flow.outcome': ({ outcome }) => `Outcome: ${plain(outcome)}`,
  'transfer.start': ({ to }) => `Is handed over${to === undefined ? '' : ` to ${plain(to)}`}`,
  'transfer.answered': () => 'Somebody took the call',
  'transfer.failed': () => 'Nobody took the call',
  'transfer.ended': () => 'The handed over call ended',
  'recording.started': () => 'The notice was heard; the call is recorded',
  'recording.skipped': () => 'Not recorded: the script asks for what nobody may keep',
  'recording.available': () => 'Twilio has a recording',
  'recording.stored': () => 'The recording is copied',
  'recording.failed': () => 'The recording could not be copied',
  'sms.sent': () => 'A text was sent',
  'suppression.added': () => 'The number is never called again',
  'retry.scheduled': () => 'Will be called again',
  'retry.exhausted': () => 'Will not be called again',
  'call.finished': () => 'The call is over',
};

export function eventWords(type: string, detail: Detail): string {
  return WORDS[type]?.(detail) ?? type;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('_', ' ') : '?';
}

/** What of an event's detail is worth a look, in its own words. */
export function detailWords(detail: Detail): string {
  return Object.entries(detail)
    .filter(([, value]) => !isNothing(value))
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' · ');
}

function isNothing(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
