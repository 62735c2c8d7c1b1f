import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Made once for a local stack; nothing of it is worth anything elsewhere. */
export type LocalSecrets = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiToken: string;
  readonly simulatorToken: string;
  readonly encryptionKeys: string;
  readonly audioSecret: string;
  readonly serviceAccount: { readonly client_email: string; readonly [field: string]: string };
  readonly publicJwk: object;
};

export function localSecrets(stateDir: string): LocalSecrets {
  const file = join(stateDir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  mkdirSync(stateDir, { recursive: true });
  const secrets = makeSecrets();
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

function makeSecrets(): LocalSecrets {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keyId = randomBytes(20).toString('hex');
  return {
    accountSid: `AC${randomBytes(16).toString('hex')}`,
    authToken: randomBytes(16).toString('hex'),
    apiToken: randomBytes(24).toString('base64url'),
    simulatorToken: randomBytes(24).toString('base64url'),
    encryptionKeys: `local:${randomBytes(32).toString('base64')}`,
    audioSecret: randomBytes(32).toString('base64'),
    serviceAccount: {
      type: 'service_account',
      project_id: 'destiny-local',
      private_key_id: keyId,
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      client_email: 'speech@destiny-local.iam.gserviceaccount.com',
      token_uri: 'https://oauth2.googleapis.com/token',
    },
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' },
  };
}
