import { expect, test } from 'vitest';
import { talk } from '../../tests/support/talk.ts';

const SCRIPT = `[start]
Please leave a message after the tone.
@voicemail max 90s
-> ok: thanks #left_message
-> no-input: END #said_nothing

[thanks]
Thank you.
-> END
`;
const RECORDING = {
  RecordingSid: `RE${'1'.repeat(32)}`,
  RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/RE${'1'.repeat(32)}`,
};

test('a message is recorded after the tone, and kept by its carrier’s name', async () => {
  const call = await talk(SCRIPT);
  expect(await call.turn(0)).toMatch(
    /after the tone\..*<Record action="[^"]*\/turn\/1[^"]*" method="POST" maxLength="90" timeout="5" finishOnKey="#" playBeep="true" recordingStatusCallback="[^"]*\/recording/s,
  );
  expect(await call.turn(1, { ...RECORDING, RecordingDuration: '12' })).toContain('Thank you.');
  const told = await call.told();
  expect(told?.call.outcome).toBe('left_message');
  expect(told?.recordings).toMatchObject([
    { sid: RECORDING.RecordingSid, source: 'voicemail', status: 'completed', durationSeconds: 12 },
  ]);
});

test('a caller who says nothing takes no-input', async () => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  expect(await call.turn(1, { ...RECORDING, RecordingDuration: '0' })).toContain('<Hangup/>');
  const told = await call.told();
  expect(told?.call.outcome).toBe('said_nothing');
  expect(told?.recordings).toEqual([]);
});

test('a recording that comes after the end of its call is kept, and one that is absent is told of', async () => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  await call.status('completed', { CallDuration: '30' });
  const done = { ...RECORDING, RecordingStatus: 'completed', RecordingSource: 'RecordVerb' };
  const answered = await call.beside('recording', { ...done, RecordingDuration: '9' });
  expect(answered.status).toBe(204);
  const gone = {
    RecordingSid: `RE${'2'.repeat(32)}`,
    RecordingStatus: 'absent',
    ErrorCode: '16101',
  };
  await call.beside('recording', gone);
  const told = await call.told();
  expect(told?.recordings.map(({ status, errorCode }) => [status, errorCode])).toEqual([
    ['completed', null],
    ['absent', '16101'],
  ]);
  const types = await call.types();
  expect(types).toContain('recording.available');
  expect(types).toContain('recording.failed');
});
