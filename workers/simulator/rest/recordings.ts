import { Hono } from 'hono';
import { API_VERSION, rfc2822 } from '../carrier/params.ts';
import { type RecordingRow, type RecordingStore, recordedWav } from '../carrier/recordings.ts';
import type { Clock } from '../clock.ts';
import type { FaultKind, Strike } from '../faults/rules.ts';
import type { RestEnv } from './app.ts';
import { TwilioError } from './errors.ts';
import { loseReply } from './lost-reply.ts';

/** Recordings: the resource, its sound as `.wav`, and their deletion. */
export function routeRecordings(ports: {
  readonly recordings: RecordingStore;
  readonly clock: Clock;
  readonly strike: (kinds: readonly FaultKind[]) => readonly Strike[];
}): Hono<RestEnv> {
  const { recordings, clock, strike } = ports;
  const routes = new Hono<RestEnv>();
  const find = (file: string): RecordingRow => {
    const row = recordings.get(file.replace(/\.(json|wav)$/, ''));
    if (row === undefined || row.deletedAt !== null) {
      throw new TwilioError(20404, `Recordings/${file}`);
    }
    return row;
  };

  routes.get('/Recordings/:file', (context) => {
    const file = context.req.param('file');
    const row = find(file);
    if (file.endsWith('.json')) {
      return context.json(formatRecording(row, context.get('config').accountSid));
    }
    const asked = Number(context.req.query('RequestedChannels') ?? 1);
    const wav = recordedWav(row, Math.min(asked === 2 ? 2 : 1, row.channels));
    const [fault] = strike(['recording-late', 'recording-cut']);
    if (fault?.kind === 'recording-late') throw new TwilioError(20404, `Recordings/${file}`);
    const whole = context.body(wav, 200, { 'content-type': 'audio/x-wav' });
    return fault === undefined ? whole : loseReply(whole, clock, Math.floor(wav.length / 2));
  });

  routes.delete('/Recordings/:file', (context) => {
    recordings.delete(find(context.req.param('file')).sid, clock.now());
    return context.body(null, 204);
  });
  return routes;
}

function formatRecording(row: RecordingRow, accountSid: string) {
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    call_sid: row.callSid,
    channels: row.channels,
    date_created: rfc2822(row.createdAt),
    duration: String(row.seconds),
    price: null,
    price_unit: 'USD',
    sid: row.sid,
    source: row.source,
    status: 'completed',
    uri: `/${API_VERSION}/Accounts/${accountSid}/Recordings/${row.sid}.json`,
  };
}
