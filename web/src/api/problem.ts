/** An answer that is not what was asked for, with words for the person in front of the page. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** 0: the API was not reached. */
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly errors: readonly FieldError[];

  constructor(given: {
    status: number;
    code: string;
    detail: string;
    requestId: string | null;
    errors?: readonly FieldError[];
  }) {
    super(given.detail);
    this.status = given.status;
    this.code = given.code;
    this.requestId = given.requestId;
    this.errors = given.errors ?? [];
  }
}

/** Worth asking again: nothing was wrong with the question. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  return error.status === 0 || error.status >= 500 || error.status === 429;
}

export type FieldError = { readonly path?: string; readonly message?: string };

export function unreachable(): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'unreachable',
    detail: 'Destiny does not answer. Check your connection; the page tries again by itself.',
    requestId: null,
  });
}

/** RFC 9457 problem details, or whatever else a server between here and there had to say. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const requestId = response.headers.get('request-id');
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) {
    const { code, detail, errors } = body;
    return new ApiProblem({
      status: response.status,
      code,
      detail,
      requestId: body.requestId ?? requestId,
      ...(errors === undefined ? {} : { errors }),
    });
  }
  return new ApiProblem({
    status: response.status,
    code: 'internal',
    detail: `Destiny answered ${response.status}. The page tries again by itself.`,
    requestId,
  });
}

type ProblemBody = {
  readonly code: string;
  readonly detail: string;
  readonly requestId?: string;
  readonly errors?: readonly FieldError[];
};

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}
