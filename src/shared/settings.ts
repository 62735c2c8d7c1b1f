import { DestinyError } from './errors.ts';

/** A text setting of the environment; the message names the variable and never its value. */
export function textSetting(env: object, name: string, fallback?: string): string {
  const value: unknown = Reflect.get(env, name);
  if (typeof value === 'string' && value !== '') return value;
  if (fallback !== undefined) return fallback;
  throw new DestinyError('config_invalid', `Set the environment variable ${name}; it is missing.`);
}

export function numberSetting(env: object, name: string, fallback: number): number {
  const value = Number(textSetting(env, name, String(fallback)));
  if (Number.isFinite(value) && value > 0) return value;
  throw new DestinyError(
    'config_invalid',
    `The environment variable ${name} must be a positive number.`,
  );
}

/** An absolute http(s) URL without a trailing slash. */
export function urlSetting(env: object, name: string, fallback?: string): string {
  const text = textSetting(env, name, fallback);
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new DestinyError(
      'config_invalid',
      `The environment variable ${name} must be an absolute URL such as https://voice.example.com.`,
    );
  }
  return text.replace(/\/+$/, '');
}
