import type { DemoCampaign } from '../cli/demo/campaign.ts';
import type { Gathered } from '../cli/demo/gather.ts';
import type { Stack } from '../cli/local/stack.ts';
import type { Demands } from './verdict.ts';

/** A fault of the simulator; docs/simulator.md has the kinds. */
export type CarrierFault = {
  readonly kind: string;
  readonly rate?: number;
  readonly forMs?: number;
  readonly delayMs?: number;
  readonly mode?: string;
};

export type DrillRun = {
  readonly stack: Stack;
  readonly demos: readonly DemoCampaign[];
  readonly random: () => number;
  /** Folder of the processes' logs. */
  readonly logs: string;
};

export type DrillPlan = {
  readonly name: string;
  /** What is done to the product, for the table. */
  readonly what: string;
  readonly contacts: number;
  readonly callsPerSecond: number;
  readonly timeScale: number;
  readonly tenants?: number;
  /** False: launched without a word made, so that speech and calls meet the fault together. */
  readonly isSpeechFirst?: boolean;
  /** Set when everything is prepared, just before the launch. */
  readonly faults?: readonly CarrierFault[];
  /** Settings that the app has from just before the launch until all is over. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What is done while calls run; the drill waits for it. */
  readonly during?: (run: DrillRun) => Promise<void>;
  /** More that must hold, in words. */
  readonly after?: (run: DrillRun, gathered: Gathered) => Promise<readonly string[]>;
  /** True for one that needs the whole machine. */
  readonly isAlone?: boolean;
  readonly demands: Demands;
};
