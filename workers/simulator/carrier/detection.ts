import type { AnsweredBy, Ringing } from '../callee/persona.ts';
import type { MachineDetection } from './types.ts';

type Answering = Extract<Ringing, { outcome: 'answers' }>;

/** A short hello is enough for a person; a machine is known by how long it speaks. */
const HUMAN_SECONDS = 2.5;
const MACHINE_SECONDS = 3.5;
const END_SECONDS = 0.6;

export type Verdict = { readonly answeredBy: AnsweredBy; readonly afterMs: number };

/** What the carrier's detection says of whoever answered, and how long it took to say so. */
export function detect(ringing: Answering, detection: MachineDetection): Verdict {
  const right = rightVerdict(ringing, detection);
  const { verdict = right.answeredBy, afterSeconds = right.afterSeconds } = ringing.detection ?? {};
  if (afterSeconds > detection.timeoutSeconds && ringing.detection?.afterSeconds === undefined) {
    return { answeredBy: 'unknown', afterMs: detection.timeoutSeconds * 1000 };
  }
  return { answeredBy: verdict, afterMs: afterSeconds * 1000 };
}

function rightVerdict({ machine }: Answering, { mode }: MachineDetection) {
  if (machine === undefined) return { answeredBy: 'human', afterSeconds: HUMAN_SECONDS } as const;
  if (mode === 'Enable') {
    return { answeredBy: 'machine_start', afterSeconds: MACHINE_SECONDS } as const;
  }
  const answeredBy = machine.beeps ? 'machine_end_beep' : 'machine_end_silence';
  return { answeredBy, afterSeconds: machine.greetingSeconds + END_SECONDS } as const;
}
