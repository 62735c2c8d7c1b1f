import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Made once for a local stack; nothing of it is worth anything elsewhere. */
export type LocalSecrets = {
  readonly accountSid: string;
  readonly authToken: string;
  /** Makes the first superadmin, whose password stands below. */
  readonly setupToken: string;
  readonly authSecret: string;
  readonly adminPassword: string;
  readonly simulatorToken: string;
  readonly encryptionKeys: string;
  readonly audioSecret: string;
  readonly serviceAccount: { readonly client_email: string; readonly [field: string]: string };
  readonly publicJwk: object;
};

export function localSecrets(stateDir: string): LocalSecrets {
  const file = join(stateDir, 'secrets.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  mkdirSync(stateDir, { recursive: true });
  // What an older start did not know of is made now; what it made stays.
  const secrets: LocalSecrets = { ...makeSecrets(), ...known };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

function makeSecrets(): LocalSecrets {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keyId = randomBytes(20).toString('hex');
  return {
    accountSid: `AC${randomBytes(16).toString('hex')}`,
    authToken: randomBytes(16).toString('hex'),
    setupToken: randomBytes(24).toString('base64url'),
    authSecret: randomBytes(32).toString('base64url'),
    adminPassword: randomBytes(12).toString('base64url'),
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
