import { Hono } from 'hono';

/** The least that a Worker on this router can be. */
const app = new Hono();
app.post('/voice/inbound/fallback', (c) => c.text('ok'));
app.get('/api/v1/health', (c) => c.text('ok'));

export default app;
