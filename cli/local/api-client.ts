/** Destiny's own REST API as the command line uses it. */
export type ApiClient = {
  readonly request: <T>(
    method: string,
    path: string,
    body?: unknown,
    tenantId?: string,
  ) => Promise<T>;
};

export function apiClient(appUrl: string, apiToken: string): ApiClient {
  return {
    request: async <T>(method: string, path: string, body?: unknown, tenantId?: string) => {
      const response = await fetch(`${appUrl}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${apiToken}`,
          'content-type': 'application/json',
          ...(tenantId === undefined ? {} : { 'destiny-tenant': tenantId }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
  };
}
