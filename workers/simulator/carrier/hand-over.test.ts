import { describe, expect, it } from 'vitest';
import { ANSWERS, type App, callSpec, stage } from './testing.ts';

const twiml = (body: string) => ({ body: `<Response>${body}</Response>` });
const SID = `CA${'9'.repeat(32)}`;

/** Answers the first request with `first`, and whatever is asked after it with a goodbye. */
function answering(first: string): App {
  return ({ url }) => {
    if (url.includes('/status') || url.includes('/leg') || url.includes('/beside')) return {};
    return twiml(url.includes('/next') ? '<Hangup/>' : first);
  };
}
const DIAL =
  '<Dial action="https://app.test/next" timeout="20"><Number statusCallback="https://app.test/leg" statusCallbackEvent="answered completed">+14155550177</Number></Dial>';

describe('<Dial>', () => {
  it('rings the other phone, joins the two, and tells the action what came of it', async () => {
    const scene = stage(callSpec(), answering(DIAL), {
      newLeg: async () => ({
        sid: SID,
        ringing: { ...ANSWERS, ringSeconds: 4, hangUpAfterSeconds: 12 },
      }),
    });
    await scene.call.run();
    const next = scene.webhooks.find(({ url }) => url.includes('/next'));
    expect(next?.params).toMatchObject({
      DialCallStatus: 'completed',
      DialCallSid: SID,
      DialCallDuration: '12',
    });
    const legs = scene.webhooks.filter(({ url }) => url.includes('/leg'));
    expect(legs.map(({ params }) => [params.CallStatus, params.ParentCallSid])).toEqual([
      ['in-progress', `CA${'1'.repeat(32)}`],
      ['completed', `CA${'1'.repeat(32)}`],
    ]);
  });

  it.each([
    ['busy', { outcome: 'busy', ringSeconds: 1 }],
    ['no-answer', { outcome: 'no-answer' }],
    ['no-answer', { ...ANSWERS, ringSeconds: 25 }],
    ['failed', { outcome: 'failed', sipCode: 404 }],
  ] as const)('%s', async (status, ringing) => {
    const newLeg = async () => ({ sid: SID, ringing });
    const scene = stage(callSpec(), answering(DIAL), { newLeg });
    await scene.call.run();
    const next = scene.webhooks.find(({ url }) => url.includes('/next'));
    expect(next?.params.DialCallStatus).toBe(status);
    expect(next?.params.DialCallDuration).toBeUndefined();
  });

  it('ends with the caller who hangs up in the middle', async () => {
    const leaves = { ...ANSWERS, hangUpAfterSeconds: 8 };
    const scene = stage(callSpec({ ringing: leaves }), answering(DIAL));
    await scene.call.run();
    expect(scene.statuses().at(-1)).toBe('completed');
    expect(scene.webhooks.some(({ url }) => url.includes('/next'))).toBe(false);
    const legs = scene.webhooks.filter(({ url }) => url.includes('/leg'));
    expect(legs.at(-1)?.params.CallStatus).toBe('completed');
  });
});

describe('<Record>', () => {
  const RECORD =
    '<Record action="https://app.test/next" maxLength="30" recordingStatusCallback="https://app.test/beside"/><Redirect>https://app.test/next?empty=1</Redirect>';

  it('records what is said, and tells of it twice: at once and when it is processed', async () => {
    const says = { ...ANSWERS, otherwise: { say: 'Call me back', confidence: 0.9, seconds: 8 } };
    const scene = stage(callSpec({ ringing: says }), answering(RECORD));
    await scene.call.run();
    const next = scene.webhooks.find(({ url }) => url.includes('/next'));
    expect(next?.params).toMatchObject({ RecordingSid: `RE${'3'.repeat(32)}` });
    expect(Number(next?.params.RecordingDuration)).toBeGreaterThanOrEqual(8);
    const told = scene.webhooks.find(({ url }) => url.includes('/beside'));
    expect(told?.params).toMatchObject({
      RecordingStatus: 'completed',
      RecordingSource: 'RecordVerb',
    });
  });

  it('goes on with the next verb when nothing was said', async () => {
    const scene = stage(callSpec(), answering(RECORD));
    await scene.call.run();
    const next = scene.webhooks.find(({ url }) => url.includes('/next'));
    expect(next?.url).toContain('empty=1');
    expect(scene.webhooks.some(({ url }) => url.includes('/beside'))).toBe(false);
  });

  it('of the whole call lasts until its end', async () => {
    const start =
      '<Start><Recording channels="dual" recordingStatusCallback="https://app.test/beside"/></Start><Pause length="7"/>';
    const scene = stage(callSpec(), answering(start));
    await scene.call.run();
    const told = scene.webhooks.find(({ url }) => url.includes('/beside'));
    expect(told?.params).toMatchObject({ RecordingChannels: '2', RecordingDuration: '7' });
  });
});

describe('machine detection', () => {
  const machine = { ...ANSWERS, machine: { greetingSeconds: 6, beeps: true } };
  const beside = { url: 'https://app.test/beside', method: 'POST' } as const;
  const LONG = '<Pause length="20"/>';

  it.each([
    ['a person', ANSWERS, 'Enable', 'human', 2500],
    ['a machine', machine, 'Enable', 'machine_start', 3500],
    ['a machine after its tone', machine, 'DetectMessageEnd', 'machine_end_beep', 6600],
  ] as const)('beside the call: %s', async (_name, ringing, mode, verdict, ms) => {
    const machineDetection = { mode, timeoutSeconds: 30, asyncCallback: beside };
    const scene = stage(callSpec({ ringing, machineDetection }), answering(LONG));
    await scene.call.run();
    const told = scene.webhooks.find(({ url }) => url.includes('/beside'));
    expect(told?.params).toMatchObject({
      AnsweredBy: verdict,
      MachineDetectionDuration: String(ms),
    });
    const first = scene.webhooks.find(({ url }) => url.includes('/voice'));
    expect(first?.params.AnsweredBy).toBeUndefined();
  });

  it('before the call: the first request waits, and says it', async () => {
    const machineDetection = {
      mode: 'Enable',
      timeoutSeconds: 30,
      asyncCallback: undefined,
    } as const;
    const scene = stage(callSpec({ ringing: machine, machineDetection }), answering(LONG));
    await scene.call.run();
    const first = scene.webhooks.find(({ url }) => url.includes('/voice'));
    expect(first?.params.AnsweredBy).toBe('machine_start');
  });

  it('may be wrong, and late', async () => {
    const ringing = {
      ...ANSWERS,
      detection: { verdict: 'machine_start', afterSeconds: 9 },
    } as const;
    const machineDetection = { mode: 'Enable', timeoutSeconds: 30, asyncCallback: beside } as const;
    const scene = stage(callSpec({ ringing, machineDetection }), answering(LONG));
    await scene.call.run();
    const told = scene.webhooks.find(({ url }) => url.includes('/beside'));
    expect(told?.params).toMatchObject({
      AnsweredBy: 'machine_start',
      MachineDetectionDuration: '9000',
    });
  });
});

describe('a call that comes in', () => {
  const inbound = { direction: 'inbound', statusCallbackEvents: ['completed'] } as const;

  it('is asked about while it rings, and answered by the first verb', async () => {
    const scene = stage(callSpec(inbound), answering('<Say>Hello</Say>'));
    await scene.call.run();
    const [first] = scene.webhooks;
    expect(first?.params).toMatchObject({ CallStatus: 'ringing', Direction: 'inbound' });
    expect(scene.statuses()).toEqual(['ringing', 'in-progress', 'completed']);
    const ends = scene.webhooks.filter(({ url }) => url.includes('/status'));
    expect(ends.map(({ params }) => params.CallStatus)).toEqual(['completed']);
  });

  it.each([
    ['busy', 'busy'],
    ['rejected', 'no-answer'],
  ])('that is rejected as %s was never answered', async (reason, status) => {
    const scene = stage(callSpec(inbound), answering(`<Reject reason="${reason}"/>`));
    await scene.call.run();
    expect(scene.statuses()).toEqual(['ringing', status]);
  });
});
