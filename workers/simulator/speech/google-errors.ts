/** Google's canonical error codes and the HTTP status that each travels with. */
const HTTP_STATUS = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  RESOURCE_EXHAUSTED: 429,
  UNAVAILABLE: 503,
} as const;
export type GoogleStatus = keyof typeof HTTP_STATUS;

export class GoogleError extends Error {
  readonly status: GoogleStatus;

  constructor(status: GoogleStatus, message: string) {
    super(message);
    this.status = status;
  }

  toResponse(): Response {
    const code = HTTP_STATUS[this.status];
    const error = { code, message: this.message, status: this.status };
    return Response.json({ error }, { status: code });
  }
}
