import type { JWK } from 'jose';
import { z } from 'zod';
import type { CarrierAccount } from './carrier/account.object.ts';
import type { MediaProxy } from './carrier/media.object.ts';
import type { Trunk } from './carrier/trunk.object.ts';
import type { GoogleProject } from './speech/project.object.ts';

export type Env = {
  readonly ACCOUNTS: DurableObjectNamespace<CarrierAccount>;
  readonly TRUNKS: DurableObjectNamespace<Trunk>;
  readonly MEDIA: DurableObjectNamespace<MediaProxy>;
  readonly GOOGLE: DurableObjectNamespace<GoogleProject>;
  readonly SIM_CONTROL_TOKEN?: string;
  readonly TIME_SCALE?: string;
  readonly SPEECH_MODE?: string;
  readonly GOOGLE_PUBLIC_JWK?: string;
  readonly GOOGLE_CLIENT_EMAIL?: string;
  readonly GOOGLE_REQUESTS_PER_MINUTE?: string;
  readonly DEFAULT_ACCOUNT_SID?: string;
  readonly DEFAULT_AUTH_TOKEN?: string;
  readonly DEFAULT_CPS?: string;
};

const Jwk = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(z.custom<JWK>((value) => z.object({ kty: z.literal('RSA') }).safeParse(value).success));

const Variables = z.object({
  SIM_CONTROL_TOKEN: z.string().min(8).optional(),
  TIME_SCALE: z.coerce.number().min(0.1).max(1000).default(1),
  SPEECH_MODE: z.enum(['flite', 'tones']).default('flite'),
  GOOGLE_PUBLIC_JWK: Jwk.optional(),
  GOOGLE_CLIENT_EMAIL: z.string().min(1).optional(),
  GOOGLE_REQUESTS_PER_MINUTE: z.coerce.number().int().min(0).default(200),
  DEFAULT_ACCOUNT_SID: z
    .string()
    .regex(/^AC[\da-f]{32}$/)
    .optional(),
  DEFAULT_AUTH_TOKEN: z.string().min(1).optional(),
  DEFAULT_CPS: z.coerce.number().min(0.01).max(1000).default(1),
});

export type Settings = ReturnType<typeof parse>;

let parsed: { readonly env: Env; readonly settings: Settings } | undefined;

/** Reads the variables once per isolate; a wrong one is named, its value is not shown. */
export function readSettings(env: Env): Settings {
  if (parsed?.env !== env) parsed = { env, settings: parse(env) };
  return parsed.settings;
}

function parse(env: Env) {
  const present = Object.entries(env).filter(([, value]) => value !== '');
  const result = Variables.safeParse(Object.fromEntries(present));
  if (!result.success) {
    const names = result.error.issues.map((issue) => issue.path.join('.'));
    throw new Error(`Simulator settings are wrong: ${names.join(', ')}`);
  }
  const variables = result.data;
  return {
    controlToken: variables.SIM_CONTROL_TOKEN,
    timeScale: variables.TIME_SCALE,
    speechMode: variables.SPEECH_MODE,
    google: {
      jwk: variables.GOOGLE_PUBLIC_JWK,
      clientEmail: variables.GOOGLE_CLIENT_EMAIL,
      requestsPerMinute: variables.GOOGLE_REQUESTS_PER_MINUTE,
    },
    defaultAccount:
      variables.DEFAULT_ACCOUNT_SID === undefined || variables.DEFAULT_AUTH_TOKEN === undefined
        ? undefined
        : {
            accountSid: variables.DEFAULT_ACCOUNT_SID,
            authToken: variables.DEFAULT_AUTH_TOKEN,
            cps: variables.DEFAULT_CPS,
          },
  };
}
