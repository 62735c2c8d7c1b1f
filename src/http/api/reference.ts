import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { routeEntries } from '../../contract/api.ts';
import type { RouteSpec } from '../../contract/route.ts';
import { STATUS } from '../problem.ts';
import { describeRule } from './describe-rule.ts';
import { refusalsOf } from './refusals.ts';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Every operation on one page, without a script; shapes stand in the OpenAPI document. */
export function referencePage(): Html {
  const tags = Map.groupBy(routeEntries(), ([, spec]) => spec.tag);
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Destiny API</title>
<style>${raw(STYLE)}</style></head>
<body><main>
<h1>Destiny API</h1>
<p>Everything below is under <code>/api/v1</code>. Shapes: <a href="openapi.json">OpenAPI 3.1</a>.</p>
${[...tags].map(
  ([tag, entries]) => html`<section><h2>${tag}</h2>
${entries.map(([name, spec]) => operation(name, spec))}</section>`,
)}
</main></body></html>`;
}

function operation(name: string, spec: RouteSpec): Html {
  const fields = [
    ['path', spec.params],
    ['query', spec.query],
    ['body', spec.body],
  ] as const;
  return html`<article id="${name}">
<h3><code>${spec.method.toUpperCase()} ${spec.path}</code></h3>
<p>${spec.summary}.</p><p class="rule">${describeRule(spec)}</p>
<ul>${fields
    .filter(([, shape]) => shape !== undefined)
    .map(
      ([place, shape]) => html`<li>${place}: ${Object.keys(shape?.shape ?? {}).join(', ')}</li>`,
    )}
<li>answers ${spec.status}; refuses with ${refusalsOf(spec)
    .map((code) => `${STATUS[code]} ${code}`)
    .join(', ')}</li></ul></article>`;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;color-scheme:light dark}
main{max-width:52rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid #8884;padding:.5rem 0}h3{margin:.5rem 0}p{margin:.2rem 0}
.rule{opacity:.8}ul{margin:.2rem 0;padding-left:1.2rem;font-size:.9em}`;
