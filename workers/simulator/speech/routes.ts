import { Hono } from 'hono';
import type { Env } from '../env.ts';
import { VOICES } from './google-request.ts';

/** Google's Text-to-Speech, as far as the application uses it. */
export const speech = new Hono<{ Bindings: Env }>();

speech.post('/text:synthesize', async (context) => {
  const project = context.env.GOOGLE.getByName('default');
  return project.synthesize(context.req.header('authorization'), await context.req.text());
});

speech.get('/voices', async (context) => {
  const project = context.env.GOOGLE.getByName('default');
  const refusal = await project.authorize(context.req.header('authorization'));
  if (refusal !== undefined) return refusal;
  const languageCode = context.req.query('languageCode') ?? 'en-US';
  const voices = VOICES.filter((name) => name.startsWith(languageCode)).map((name) => ({
    languageCodes: ['en-US'],
    name,
    ssmlGender: 'FEMALE',
    naturalSampleRateHertz: 24_000,
  }));
  return context.json({ voices });
});
