import { Hono } from 'hono';
import { control } from './control/app.ts';
import type { Env } from './env.ts';
import { TwilioError } from './rest/errors.ts';
import { speech } from './speech/routes.ts';

export { CarrierAccount } from './carrier/account.object.ts';
export { MediaProxy } from './carrier/media.object.ts';
export { Trunk } from './carrier/trunk.object.ts';
export { GoogleProject } from './speech/project.object.ts';

const app = new Hono<{ Bindings: Env }>();
app.route('/_sim', control);
app.route('/v1', speech);
app.all('/2010-04-01/Accounts/:sid{AC[0-9a-f]{32}}/*', (context) =>
  context.env.ACCOUNTS.getByName(context.req.param('sid')).fetch(context.req.raw),
);
app.notFound((context) => new TwilioError(20404, context.req.path).toResponse());

export default { fetch: app.fetch } satisfies ExportedHandler<Env>;
