import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from './mount.ts';

/** The OpenAPI 3.1 document, from the same table that the routes are mounted from. */
export function openApiOf(app: OpenAPIHono<ApiEnv>) {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'destiny.session_token',
    description: 'Set by POST /auth/sign-in; `__Secure-destiny.session_token` over https.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of the tenant, from POST /api-keys.',
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Destiny',
      version: '1.0.0',
      description:
        'Calls, campaigns, scripts and people of a tenant. A person names the tenant in the header `Destiny-Tenant`; an API key has its own.',
    },
    servers: [{ url: '/api/v1' }],
  });
  // `identifier` came with 3.1; the generator's type is still 3.0's.
  return {
    ...document,
    info: { ...document.info, license: { name: 'MIT', identifier: 'MIT' } },
  };
}
