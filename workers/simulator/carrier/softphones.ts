import { jwtVerify } from 'jose';

export type Application = {
  readonly sid: string;
  readonly friendlyName: string;
  readonly voiceUrl: string;
};
/** Who calls, and the application that answers him. */
export type Client = { readonly identity: string; readonly application: Application };
export type ApiKey = { readonly sid: string; readonly secret: string };

const TOKEN_CONTENT = 'twilio-fpa;v=1';

/** API keys and TwiML applications of an account, and the tokens that pages call with. */
export class SoftphoneStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  addKey({ sid, secret }: ApiKey): void {
    this.#sql.exec('INSERT INTO api_key (sid, secret) VALUES (?, ?)', sid, secret);
  }

  removeKey(sid: string): boolean {
    return this.#sql.exec('DELETE FROM api_key WHERE sid = ?', sid).rowsWritten > 0;
  }

  putApplication({ sid, friendlyName, voiceUrl }: Application): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO application (sid, friendly_name, voice_url) VALUES (?, ?, ?)',
      ...[sid, friendlyName, voiceUrl],
    );
  }

  application(sid: string): Application | undefined {
    return this.#sql
      .exec<Application>(
        'SELECT sid, friendly_name AS friendlyName, voice_url AS voiceUrl FROM application WHERE sid = ?',
        sid,
      )
      .toArray()[0];
  }

  removeApplication(sid: string): boolean {
    return this.#sql.exec('DELETE FROM application WHERE sid = ?', sid).rowsWritten > 0;
  }

  /** Who calls, and which application answers; throws for a token that Twilio would refuse. */
  async open(token: string, accountSid: string, now: Date): Promise<Client> {
    const { payload } = await jwtVerify(
      token,
      (header, { payload: encoded }) => {
        if (header.cty !== TOKEN_CONTENT) throw new Error('The token is no access token');
        return this.#secretOf(issuerOf(String(encoded)));
      },
      { algorithms: ['HS256'], subject: accountSid, currentDate: now },
    );
    const { identity, voice } = grantsOf(payload.grants);
    const application = this.application(voice);
    if (application === undefined) throw new Error(`There is no application ${voice}`);
    return { identity, application };
  }

  #secretOf(sid: string): Uint8Array {
    const [row] = this.#sql
      .exec<{ secret: string }>('SELECT secret FROM api_key WHERE sid = ?', sid)
      .toArray();
    if (row === undefined) throw new Error(`There is no API key ${sid}`);
    return new TextEncoder().encode(row.secret);
  }
}

function issuerOf(encoded: string): string {
  const text = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  const { iss } = JSON.parse(text) as { iss?: unknown };
  return typeof iss === 'string' ? iss : '';
}

/** https://www.twilio.com/docs/iam/access-tokens: the grant of Voice with outgoing calls. */
function grantsOf(grants: unknown): { readonly identity: string; readonly voice: string } {
  const { identity, voice } = (grants ?? {}) as {
    identity?: unknown;
    voice?: { outgoing?: { application_sid?: unknown } };
  };
  const sid = voice?.outgoing?.application_sid;
  if (typeof identity !== 'string' || !/^\w{1,121}$/.test(identity)) {
    throw new Error('The token names no identity of letters, digits and underscores');
  }
  if (typeof sid !== 'string') throw new Error('The token has no grant for outgoing calls');
  return { identity, voice: sid };
}
