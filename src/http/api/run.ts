import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { RouteName } from '../../contract/api.ts';
import type { FileAnswer, RouteSpec } from '../../contract/route.ts';
import type { Actor } from '../../identity/actor.ts';
import { type Deed, PLATFORM, writeAudit } from '../../identity/audit.ts';
import { onceFor } from '../../identity/idempotency.ts';
import { DestinyError } from '../../shared/errors.ts';
import { wakeWebhooks } from '../../webhooks/wake.ts';
import type { Admitted } from './authorize.ts';
import type { ApiDeps, Note } from './context.ts';

/** A handler without its types; `mount` has checked the input against the route's shapes. */
export type AnyHandler = (request: unknown, input: unknown) => Promise<unknown>;

type Checked = {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly upload: unknown;
};

export type Run = {
  readonly deps: ApiDeps;
  readonly name: RouteName;
  readonly spec: RouteSpec;
  readonly handler: AnyHandler;
  readonly admitted: Admitted;
  readonly requestId: string;
};

/** Runs one admitted request: once for its key, on the revision it names, and into the audit log. */
export async function run(c: Context, run: Run, checked: Checked): Promise<Response> {
  const { spec, deps, admitted } = run;
  const input = { ...checked, revision: spec.edits === true ? revisionOf(c) : undefined };
  if (spec.file !== undefined) return sendFile(c, spec.file, await handle(c, run, input));
  const work = async () => {
    const output = await handle(c, run, input);
    return {
      output,
      status: spec.status,
      body: output === undefined ? '' : JSON.stringify(output),
    };
  };
  const key = c.req.header('idempotency-key');
  if (spec.idempotent === 'required' && key === undefined) {
    throw new DestinyError('invalid_input', 'Send the header Idempotency-Key, new for each call.');
  }
  if (spec.idempotent === undefined || key === undefined) {
    const { output, body } = await work();
    setEtag(c, output);
    return answer(c, spec.status, body);
  }
  const control = deps.controlDb(admitted.tenant?.tenant.id ?? PLATFORM);
  const { actor } = admitted;
  const stored = await onceFor(
    control,
    {
      key,
      actorId: actor.type === 'nobody' ? '' : actor.id,
      operation: run.name,
      input: checked,
      now: deps.identity.clock.now(),
    },
    work,
  );
  if (stored.isReplay) c.header('idempotency-replayed', 'true');
  return answer(c, stored.status, stored.body);
}

/** The contract's types hold the handlers of such routes to this answer. */
function sendFile(c: Context, type: string, output: unknown): Response {
  const { stream, name } = output as FileAnswer;
  return c.body(stream, 200, {
    'content-type': `${type}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`,
    'cache-control': 'no-store',
  });
}

async function handle(c: Context, run: Run, input: unknown): Promise<unknown> {
  const { deps, admitted, spec } = run;
  let note: Note = {};
  const output = await run.handler(
    {
      deps,
      actor: admitted.actor,
      tenant: admitted.tenant,
      visitor: { headers: c.req.raw.headers, ip: addressOf(c) },
      note: (more: Note) => {
        note = { ...note, ...more };
      },
      setCookies: (headers: Headers) => passCookies(c, headers),
    },
    input,
  );
  if (spec.audit !== null) await record(c, run, spec.audit, note, output);
  if (spec.audit !== null && admitted.tenant !== null) {
    await wakeWebhooks(admitted.tenant, deps.webhooks.queue);
  }
  return output;
}

async function record(
  c: Context,
  { deps, admitted, requestId, spec }: Run,
  action: string,
  note: Note,
  output: unknown,
): Promise<void> {
  const actor = note.userId === undefined ? admitted.actor : await personOf(deps, note.userId);
  const made = (output ?? {}) as { readonly id?: unknown };
  const deed: Omit<Deed, 'id'> = {
    at: deps.identity.clock.now(),
    actor,
    isActingAs: admitted.seat.isActingAs,
    action,
    target: note.target ?? c.req.param('id') ?? (typeof made.id === 'string' ? made.id : ''),
    detail: note.detail ?? {},
    ip: addressOf(c),
    requestId,
  };
  const own = admitted.tenant?.tenant.id ?? note.tenantId;
  const isOwners = spec.rule.who === 'superadmin';
  const logs = [
    // In a tenant's own log whatever the platform's owner does is done from outside.
    ...(own === undefined ? [] : [{ log: own, isActingAs: deed.isActingAs || isOwners }]),
    ...(own === undefined || isOwners ? [{ log: PLATFORM, isActingAs: deed.isActingAs }] : []),
  ];
  for (const { log, isActingAs } of logs) {
    const id = deps.identity.newId('aud');
    await writeAudit(deps.controlDb(log), { ...deed, isActingAs, id });
  }
}

async function personOf(deps: ApiDeps, id: string): Promise<Actor> {
  const found = await deps.identity.people.userById(id);
  if (found === null) return { type: 'nobody' };
  return {
    ...{ type: 'user', id, name: found.name, email: found.email, sessionId: '' },
    isSuperadmin: found.isSuperadmin,
    isSecondFactorOn: found.twoFactorEnabled === true,
  };
}

export function addressOf(c: Context): string {
  return c.req.header('cf-connecting-ip') ?? 'unknown';
}

export function passCookies(c: Context, headers: Headers): void {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
}

/** RFC 9110 section 13.1.1, for the one kind of tag that we give. */
function revisionOf(c: Context): number {
  const given = c.req.header('if-match');
  if (given === undefined) {
    throw new DestinyError(
      'precondition_required',
      'Send the ETag of what you read as If-Match, so that no other change is lost.',
    );
  }
  const [, revision] = /^"(\d{1,15})"$/.exec(given.trim()) ?? [];
  // A tag that we never gave matches nothing.
  return revision === undefined ? -1 : Number(revision);
}

function setEtag(c: Context, output: unknown): void {
  const revision = (output as { readonly revision?: unknown } | undefined)?.revision;
  if (typeof revision === 'number') c.header('etag', `"${revision}"`);
}

function answer(c: Context, status: number, body: string): Response {
  c.header('cache-control', 'no-store');
  if (body === '') return c.body(null, status as 204);
  return c.body(body, status as ContentfulStatusCode, { 'content-type': 'application/json' });
}
