import type { AgentDeskObject } from '../../agents/agent-desk.object.ts';
import type { SoftphoneContext } from '../../agents/softphone-account.ts';
import type { SteerContext } from '../../agents/steer-talk.ts';
import type { ProgressDeps } from '../../campaigns/read-progress.ts';
import type { PrimeJob } from '../../campaigns/request-speech.ts';
import type { ImportQueue } from '../../contacts/import-lease.ts';
import type { RouteName, Routes } from '../../contract/api.ts';
import type { RouteInput, RouteOutput, RouteSpec } from '../../contract/route.ts';
import type { CancelQueue } from '../../dialing/cancel-calls.ts';
import type { DialJob } from '../../dialing/claim-due.ts';
import type { EraseDeps } from '../../erasure/erase-contact.ts';
import type { HealthCheck } from '../../health/checks.ts';
import type { TimedCheck } from '../../health/timed-probes.ts';
import type { Actor, Person } from '../../identity/actor.ts';
import type { IdentityContext, Visitor } from '../../identity/context.ts';
import type { RateAnswer } from '../../identity/rate-limiter.object.ts';
import type { WhoAsksDeps } from '../../identity/who-asks.ts';
import type { MessageQueue } from '../../messaging/jobs.ts';
import type { MoveContext } from '../../moves/context.ts';
import type { NumbersContext } from '../../numbers/context.ts';
import type { ReplayDeps } from '../../operations/dead-letters.ts';
import type { RecordingJob } from '../../recordings/copy-recording.ts';
import type { ScriptSpeechJob } from '../../scripts/script-speech.ts';
import type { Log } from '../../shared/log.ts';
import type { ObjectStore } from '../../store/store.ts';
import type { NumberInventory } from '../../telephony/numbers.ts';
import type { TenantContext } from '../../tenants/context.ts';
import type { PlatformContext } from '../../tenants/platform-context.ts';
import type { WebhookDeps } from '../../webhooks/endpoints.ts';
import type { WebhookQueue } from '../../webhooks/wake.ts';

/** The desks of the tenants, and what their agents call with. */
export type AgentsPort = {
  readonly desk: (tenantId: string) => DeskStub;
  readonly session: (
    tenantId: string,
    callId: string,
  ) => { wrapUp(id: string, outcome: string, agentId: string): Promise<boolean> };
  readonly softphone: (tenant: TenantContext) => Promise<SoftphoneContext>;
  readonly steer: (tenant: TenantContext) => Promise<SteerContext>;
  /** Whose tokens they are: Twilio's address, or a stand-in's. */
  readonly carrierUrl: string;
};
type DeskStub = Pick<
  AgentDeskObject<unknown>,
  | 'fetch'
  | 'view'
  | 'settings'
  | 'changeSettings'
  | 'setPresence'
  | 'listenTo'
  | 'hadTalk'
  | 'wrapped'
>;

/** What the API needs of the world outside. */
export type ApiDeps = {
  readonly identity: IdentityContext;
  readonly controlDb: WhoAsksDeps['controlDb'];
  readonly platform: PlatformContext;
  readonly tenant: (tenantId: string) => Promise<TenantContext>;
  readonly prime: { send(job: PrimeJob | ScriptSpeechJob): Promise<unknown> };
  readonly cancel: CancelQueue;
  readonly messages: MessageQueue;
  /** A tenant's live feed; answers an upgrade. */
  readonly feed: (tenantId: string) => { fetch(request: Request): Promise<Response> };
  readonly progress: (tenant: TenantContext) => ProgressDeps;
  readonly imports: ImportQueue;
  readonly store: ObjectStore;
  readonly erasure: EraseDeps;
  readonly dial: { send(job: DialJob): Promise<unknown> };
  readonly recordings: {
    readonly queue: { send(job: RecordingJob): Promise<unknown> };
    /** Signs links; any text of at least 128 bits. */
    readonly linkSecret: string;
    /** What our own addresses begin with. */
    readonly baseUrl: string;
  };
  readonly agents: AgentsPort;
  readonly numbers: (tenant: TenantContext) => Promise<NumbersContext>;
  /** Numbers of a registered account, by its SID. */
  readonly inventory: (accountSid: string) => Promise<NumberInventory>;
  /** Every part of the platform, for its owner. */
  readonly systemHealth: () => Promise<readonly TimedCheck[]>;
  readonly deadLetters: ReplayDeps;
  readonly moves: Pick<MoveContext, 'moves' | 'platform' | 'clock' | 'newId'>;
  readonly webhooks: WebhookDeps & { readonly queue: WebhookQueue };
  readonly health: () => Promise<readonly HealthCheck[]>;
  /** Takes one request from an actor's budget. */
  readonly takeRequest: (actor: string) => Promise<RateAnswer>;
  readonly log: Log;
};

/** What the audit log is to say of a request. */
export type Note = {
  /** Whose log; also the platform's when a superadmin did it. */
  readonly tenantId?: string;
  readonly target?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Who it was, when the request itself found that out. */
  readonly userId?: string;
};

type Base = {
  readonly deps: ApiDeps;
  readonly visitor: Visitor;
  readonly note: (note: Note) => void;
  /** Passes cookies of better-auth on to the browser. */
  readonly setCookies: (headers: Headers) => void;
};
export type AnyRequest = Base & { readonly actor: Actor };
export type PersonRequest = Base & { readonly actor: Person };
export type TenantRequest = Base & { readonly actor: Actor; readonly tenant: TenantContext };

type RequestOf<R extends RouteSpec> = R['rule']['who'] extends 'tenant'
  ? TenantRequest
  : R['rule']['who'] extends 'anyone'
    ? AnyRequest
    : PersonRequest;

export type Handler<R extends RouteSpec> = (
  request: RequestOf<R>,
  input: RouteInput<R>,
) => Promise<RouteOutput<R>>;

/** One handler for every route of the table; a missing one does not compile. */
export type Handlers = { readonly [K in RouteName]: Handler<Routes[K]> };
export type HandlersOf<T> = { readonly [K in keyof T & RouteName]: Handler<Routes[K]> };
