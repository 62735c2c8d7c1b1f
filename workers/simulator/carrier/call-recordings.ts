import type { NewRecording, Recordings } from '../twiml/line.ts';
import type { StatusCallbacks } from './callbacks.ts';
import { rfc2822 } from './params.ts';
import type { CallSpec } from './types.ts';

/** The carrier works on a recording for a while before it tells of it. */
const PROCESSING_MS = 1500;

/** Why there is none: nothing was heard. */
const SILENT = '16102';

export type SavedRecording = {
  readonly sid: string;
  readonly url: string;
  /** The carrier could not make it: its callback says so, and there is no sound. */
  readonly isAbsent: boolean;
};
export type RecordingPorts = {
  readonly callbacks: StatusCallbacks;
  readonly save: (recording: Omit<NewRecording, 'callback'>) => Promise<SavedRecording>;
  readonly record: (kind: string, detail: Record<string, unknown>) => void;
  readonly now: () => number;
  /** Of the call's own time, which may run faster than the clock. */
  readonly elapsedMs: () => number;
};

/** The recordings of one call: those of `<Record>`, and those that last until its end. */
export class CallRecordings implements Recordings {
  readonly #spec: CallSpec;
  readonly #ports: RecordingPorts;
  readonly #open: { readonly begunMs: number; readonly one: Omit<NewRecording, 'seconds'> }[] = [];

  constructor(spec: CallSpec, ports: RecordingPorts) {
    this.#spec = spec;
    this.#ports = ports;
  }

  readonly start = (recording: Omit<NewRecording, 'seconds'>): void => {
    this.#open.push({ begunMs: this.#ports.elapsedMs(), one: recording });
    const { source, channels } = recording;
    this.#ports.record('recording-begins', { source, channels });
  };

  readonly save = async ({ callback, ...recording }: NewRecording): Promise<SavedRecording> => {
    const saved = await this.#ports.save(recording);
    const { source, channels, seconds } = recording;
    this.#ports.record('recording', { ...saved, source, channels, seconds });
    const status = saved.isAbsent ? 'absent' : 'completed';
    if (callback?.events.includes(status)) {
      const { accountSid, callSid, scale } = this.#spec;
      const params = {
        AccountSid: accountSid,
        CallSid: callSid,
        RecordingSid: saved.sid,
        RecordingUrl: saved.url,
        RecordingStatus: status,
        RecordingDuration: String(saved.isAbsent ? 0 : seconds),
        ...(saved.isAbsent ? { ErrorCode: SILENT } : {}),
        RecordingChannels: String(channels),
        RecordingSource: source,
        RecordingTrack: 'both',
        RecordingStartTime: rfc2822(this.#ports.now()),
      };
      this.#ports.callbacks.post('recording-callback', callback, params, PROCESSING_MS / scale);
    }
    return saved;
  };

  /** Each is as long as the call went on after it began. */
  async closeAll(): Promise<void> {
    const nowMs = this.#ports.elapsedMs();
    for (const { begunMs, one } of this.#open.splice(0)) {
      const seconds = Math.ceil((nowMs - begunMs) / 1000);
      await this.save({ ...one, seconds: Math.max(1, seconds) });
    }
  }
}
