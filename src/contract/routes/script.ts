import { routes } from '../route.ts';
import { ById, Page } from '../shapes/common.ts';
import * as script from '../shapes/script.ts';

const reads = {
  tag: 'Scripts',
  rule: { who: 'tenant', role: 'AGENT', scope: 'scripts:read', feature: null },
  method: 'get',
  status: 200,
  audit: null,
} as const;
const writes = {
  tag: 'Scripts',
  rule: { who: 'tenant', role: 'ADMIN', scope: 'scripts:write', feature: null },
} as const;

export const SCRIPT_ROUTES = routes({
  listScripts: {
    ...reads,
    ...{ path: '/scripts', query: Page, returns: script.Scripts },
    summary: 'Scripts, newest first',
  },
  saveScript: {
    ...writes,
    ...{ method: 'post', path: '/scripts', status: 201, returns: script.SavedScript },
    summary: 'Keep a new draft, and hear what is wrong with it',
    body: script.SaveScript,
    idempotent: 'optional',
    audit: 'script.created',
  },
  readScript: {
    ...reads,
    ...{ path: '/scripts/{id}', params: ById, returns: script.Script },
    summary: 'A draft with what is wrong with it',
    refuses: ['not_found'],
  },
  editScript: {
    ...writes,
    ...{ method: 'patch', path: '/scripts/{id}', status: 200, returns: script.Script },
    summary: 'Change a draft',
    params: ById,
    body: script.EditScript,
    edits: true,
    audit: 'script.changed',
    refuses: ['not_found'],
  },
  preflightScript: {
    ...reads,
    ...{ path: '/scripts/{id}/preflight', params: ById, returns: script.Preflight },
    summary: 'What publishing would say: diagnostics, tests, speech to make',
    refuses: ['not_found'],
  },
  publishScript: {
    ...writes,
    ...{ method: 'post', path: '/scripts/{id}/publish', status: 200, returns: script.Published },
    summary: 'Freeze the draft as the next version, if it compiles and its tests pass',
    params: ById,
    audit: 'script.published',
    refuses: ['not_found', 'script_invalid'],
  },
  listVersions: {
    ...reads,
    ...{ path: '/scripts/{id}/versions', params: ById, query: Page, returns: script.Versions },
    summary: 'Published versions, newest first',
    refuses: ['not_found'],
  },
  readVersion: {
    ...reads,
    path: '/scripts/{id}/versions/{version}',
    params: script.VersionOf,
    returns: script.Version,
    summary: 'One published version; it never changes',
    refuses: ['not_found'],
  },
  diffScript: {
    ...reads,
    ...{ path: '/scripts/{id}/diff', params: ById, query: script.DiffVersions },
    returns: script.Diff,
    summary: 'What changed from one version to another or to the draft, line by line',
    refuses: ['not_found'],
  },
  restoreVersion: {
    ...writes,
    ...{ method: 'post', path: '/scripts/{id}/versions/{version}/restore', status: 200 },
    summary: 'Make the draft what a version was',
    params: script.VersionOf,
    returns: script.Script,
    edits: true,
    audit: 'script.restored',
    refuses: ['not_found'],
  },
});
