import type { NewRecording, Recordings } from '../twiml/line.ts';
import type { StatusCallbacks } from './callbacks.ts';
import { rfc2822 } from './params.ts';
import type { CallSpec } from './types.ts';

/** The carrier works on a recording for a while before it tells of it. */
const PROCESSING_MS = 1500;

export type SavedRecording = { readonly sid: string; readonly url: string };
export type RecordingPorts = {
  readonly callbacks: StatusCallbacks;
  readonly save: (recording: Omit<NewRecording, 'callback'>) => Promise<SavedRecording>;
  readonly record: (kind: string, detail: Record<string, unknown>) => void;
  readonly now: () => number;
};

/** The recordings of one call: those of `<Record>`, and those that last until its end. */
export class CallRecordings implements Recordings {
  readonly #spec: CallSpec;
  readonly #ports: RecordingPorts;
  readonly #open: Omit<NewRecording, 'seconds'>[] = [];

  constructor(spec: CallSpec, ports: RecordingPorts) {
    this.#spec = spec;
    this.#ports = ports;
  }

  readonly start = (recording: Omit<NewRecording, 'seconds'>): void => {
    this.#open.push(recording);
  };

  readonly save = async ({ callback, ...recording }: NewRecording): Promise<SavedRecording> => {
    const saved = await this.#ports.save(recording);
    const { source, channels, seconds } = recording;
    this.#ports.record('recording', { ...saved, source, channels, seconds });
    if (callback?.events.includes('completed')) {
      const { accountSid, callSid, scale } = this.#spec;
      const params = {
        AccountSid: accountSid,
        CallSid: callSid,
        RecordingSid: saved.sid,
        RecordingUrl: saved.url,
        RecordingStatus: 'completed',
        RecordingDuration: String(seconds),
        RecordingChannels: String(channels),
        RecordingSource: source,
        RecordingTrack: 'both',
        RecordingStartTime: rfc2822(this.#ports.now()),
      };
      this.#ports.callbacks.post('recording-callback', callback, params, PROCESSING_MS / scale);
    }
    return saved;
  };

  async closeAll(seconds: number): Promise<void> {
    for (const recording of this.#open.splice(0)) await this.save({ ...recording, seconds });
  }
}
