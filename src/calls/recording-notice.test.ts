import { expect, test } from 'vitest';
import { compileScript } from '../script/compile.ts';
import { callRecording, noticeClips } from './recording-notice.ts';

async function flowOf(text: string) {
  const { flow } = await compileScript(text, { mode: 'publish' });
  if (flow === null) throw new Error('does not compile');
  return flow;
}
const PLAIN =
  '[start]\nHello, this is Harbour.\n@capture code digits 4 "Your code."\n-> ok: END\n-> else: END\n';
const SENSITIVE = PLAIN.replace('"Your code."', '"Your code." sensitive');

test('who does not want it is not recorded', async () => {
  expect(callRecording(false, await flowOf(PLAIN), 'x')).toBeNull();
  expect(noticeClips(null)).toEqual([]);
});

test('a recorded call has a notice to be made ahead', async () => {
  const recording = callRecording(true, await flowOf(PLAIN), 'We record.');
  expect(recording).toEqual({ notice: 'We record.' });
  expect(noticeClips(recording)).toEqual([{ text: 'We record.', kind: 'static' }]);
});

test('a script with a sensitive question is never recorded', async () => {
  const recording = callRecording(true, await flowOf(SENSITIVE), 'We record.');
  expect(recording).toEqual({ skipped: 'sensitive_questions' });
  expect(noticeClips(recording)).toEqual([]);
});
