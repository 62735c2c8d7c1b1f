import { describe, expect, it } from 'vitest';
import { type App, callSpec, stage } from './testing.ts';
import type { RoomView } from './types.ts';

const SID = `CF${'4'.repeat(32)}`;
const MUSIC = { url: 'https://app.test/wait', method: 'POST' } as const;
const view = (state: RoomView['state']): RoomView => ({
  ...{ conferenceSid: SID, state },
  music: state === 'waiting' || state === 'held' ? MUSIC : null,
});
const DIAL = (limit = 600) =>
  `<Dial action="https://app.test/next" timeLimit="${limit}"><Conference startConferenceOnEnter="false" endConferenceOnExit="true" waitUrl="https://app.test/wait" participantLabel="caller">room</Conference></Dial>`;

/** Answers the wait document with `wait`, the end with a goodbye. */
function answering(wait: string, limit?: number): App {
  return ({ url }) => {
    if (url.includes('/status')) return {};
    const body = url.includes('/next') ? '<Hangup/>' : url.includes('/wait') ? wait : DIAL(limit);
    return { body: `<Response>${body}</Response>` };
  };
}

function sit(wait: string, news: readonly [number, RoomView][], limit?: number) {
  const left: string[] = [];
  const scene = stage(callSpec(), answering(wait, limit), {
    rooms: {
      join: async () => {
        for (const [ms, next] of news) {
          scene.clock.at(ms, () => void scene.call.command({ kind: 'room', view: next }));
        }
        return view('waiting');
      },
      leave: async (name) => void left.push(name),
    },
  });
  return { scene, left };
}

describe('a call in a conference', () => {
  it('hears its wait document again and again, talks, and tells what came of it', async () => {
    const { scene, left } = sit(
      '<Say>You are the next in line.</Say><Play>https://app.test/m.wav</Play>',
      [
        [12_000, view('live')],
        [40_000, view('over')],
      ],
    );
    await scene.call.run();
    const waits = scene.webhooks.filter(({ url }) => url.includes('/wait'));
    expect(waits.length).toBeGreaterThanOrEqual(2);
    expect(waits[0]?.params).toMatchObject({ ConferenceSid: SID, FriendlyName: 'room' });
    const next = scene.webhooks.find(({ url }) => url.includes('/next'));
    expect(next?.params.DialCallStatus).toBe('answered');
    expect(left).toEqual(['room']);
    expect(scene.of('conference').map(({ state }) => state)).toEqual(['waiting', 'live', 'left']);
  });

  it('leaves when its time is over, and was not answered when nobody came', async () => {
    const { scene, left } = sit('<Pause length="5"/>', [], 20);
    await scene.call.run();
    const next = scene.webhooks.find(({ url }) => url.includes('/next'));
    expect(next?.params.DialCallStatus).toBe('completed');
    expect(left).toEqual(['room']);
  });

  it('leaves when it is sent elsewhere', async () => {
    const { scene, left } = sit('<Pause length="5"/>', []);
    const to = { kind: 'redirect', url: 'https://app.test/next?by=us', method: 'POST' } as const;
    scene.clock.at(9000, () => void scene.call.command(to));
    await scene.call.run();
    expect(scene.webhooks.some(({ url }) => url.includes('by=us'))).toBe(true);
    expect(left).toEqual(['room']);
  });

  it.each([
    ['a verb that may not stand there', '<Hangup/>', 13_238],
    ['an empty document', '', undefined],
    ['one that only points at itself', '<Redirect>https://app.test/wait</Redirect>', undefined],
  ])('goes on waiting in silence: %s', async (_, wait, code) => {
    const { scene } = sit(wait, [[30_000, view('over')]]);
    await scene.call.run();
    const waits = scene.webhooks.filter(({ url }) => url.includes('/wait'));
    expect(waits.length).toBeGreaterThan(5);
    expect(waits.length).toBeLessThan(30);
    expect(scene.of('error')[0]?.code).toBe(code);
  });

  it.each([
    ['<Dial><Conference/></Dial>', 12_200],
    ['<Dial><Conference beep="loud">room</Conference></Dial>', 12_200],
    ['<Dial><Conference statusCallbackEvent="talk">room</Conference></Dial>', 12_200],
    ['<Dial><Conference coach="him">room</Conference></Dial>', 12_200],
  ])('%s is refused', async (body, code) => {
    const scene = stage(callSpec(), () => ({ body: `<Response>${body}</Response>` }));
    await scene.call.run();
    expect(scene.of('error')[0]?.code).toBe(code);
  });
});
