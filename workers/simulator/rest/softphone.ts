import { Hono } from 'hono';
import { API_VERSION } from '../carrier/params.ts';
import type { Application, SoftphoneStore } from '../carrier/softphones.ts';
import type { RestEnv } from './app.ts';
import { isAbsolute } from './create-call.ts';
import { TwilioError } from './errors.ts';
import { readForm } from './form.ts';

/** Keys and Applications: what a page needs to call with. A key's secret is shown once. */
export function routeSoftphone(ports: {
  readonly softphones: SoftphoneStore;
  readonly newSid: (kind: string) => string;
}): Hono<RestEnv> {
  const { softphones, newSid } = ports;
  const routes = new Hono<RestEnv>();

  routes.post('/Keys.json', async (context) => {
    const form = await readForm(context.req);
    const key = { sid: newSid('SK'), secret: newSid('') };
    softphones.addKey(key);
    return context.json({ ...key, friendly_name: form.get('FriendlyName') ?? '' }, 201);
  });
  routes.delete('/Keys/:file', (context) => {
    const sid = context.req.param('file').replace(/\.json$/, '');
    if (!softphones.removeKey(sid)) throw new TwilioError(20404, `Keys/${sid}`);
    return context.body(null, 204);
  });

  const format = (own: Application, accountSid: string) => ({
    ...{ sid: own.sid, account_sid: accountSid, api_version: API_VERSION },
    ...{ friendly_name: own.friendlyName, voice_url: own.voiceUrl, voice_method: 'POST' },
  });
  const find = (file: string): Application => {
    const found = softphones.application(file.replace(/\.json$/, ''));
    if (found === undefined) throw new TwilioError(20404, `Applications/${file}`);
    return found;
  };
  const save = (own: Application, form: URLSearchParams): Application => {
    const friendlyName = form.get('FriendlyName') ?? own.friendlyName;
    const voiceUrl = form.get('VoiceUrl') ?? own.voiceUrl;
    if (!isAbsolute(voiceUrl)) throw new TwilioError(21205, voiceUrl);
    const saved = { sid: own.sid, friendlyName, voiceUrl };
    softphones.putApplication(saved);
    return saved;
  };
  routes.post('/Applications.json', async (context) => {
    const made = { sid: newSid('AP'), friendlyName: '', voiceUrl: '' };
    const saved = save(made, await readForm(context.req));
    return context.json(format(saved, context.get('config').accountSid), 201);
  });
  routes.get('/Applications/:file', (context) =>
    context.json(format(find(context.req.param('file')), context.get('config').accountSid)),
  );
  routes.post('/Applications/:file', async (context) => {
    const saved = save(find(context.req.param('file')), await readForm(context.req));
    return context.json(format(saved, context.get('config').accountSid));
  });
  routes.delete('/Applications/:file', (context) => {
    softphones.removeApplication(find(context.req.param('file')).sid);
    return context.body(null, 204);
  });
  return routes;
}
