/** Twilio's error numbers that this stand-in answers, with their HTTP status and wording. */
const CATALOGUE = {
  10004: { status: 429, message: 'Call concurrency limit exceeded' },
  20001: { status: 400, message: 'Invalid parameter' },
  20003: { status: 401, message: 'Authenticate' },
  20404: { status: 404, message: 'The requested resource was not found' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'An internal server error has occurred' },
  20503: { status: 503, message: 'Service Unavailable' },
  21201: { status: 400, message: "No 'To' number specified" },
  21205: { status: 400, message: 'Url parameter is required and must be absolute' },
  21210: { status: 400, message: "'From' phone number not verified" },
  21211: { status: 400, message: "Invalid 'To' Phone Number" },
  21212: { status: 400, message: "Invalid 'From' Phone Number" },
  21213: { status: 400, message: "'From' phone number is required" },
  21214: { status: 400, message: "'To' phone number cannot be reached" },
  21215: { status: 400, message: 'Account not authorized to call this number' },
  21216: { status: 400, message: 'Account not allowed to call this number' },
  21217: { status: 400, message: 'Phone number does not appear to be valid' },
  21220: { status: 400, message: 'Call is not in-progress. Cannot redirect.' },
  21421: { status: 400, message: 'PhoneNumber is invalid' },
  21422: { status: 400, message: 'PhoneNumber is not available' },
  21408: { status: 400, message: 'Permission to send an SMS has not been enabled' },
  21602: { status: 400, message: 'Message body is required' },
  21606: { status: 400, message: 'The From phone number is not a valid SMS-capable number' },
  21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
  21614: { status: 400, message: "'To' number is not a valid mobile number" },
  21617: { status: 400, message: 'The concatenated message body exceeds the 1600 character limit' },
  21609: { status: 400, message: "Invalid 'StatusCallback' URL" },
  22005: { status: 400, message: 'Call Queue Full' },
} as const;
export type TwilioCode = keyof typeof CATALOGUE;

export class TwilioError extends Error {
  readonly code: TwilioCode;
  readonly status: number;

  constructor(code: TwilioCode, detail?: string) {
    const { message, status } = CATALOGUE[code];
    super(detail === undefined ? message : `${message}: ${detail}`);
    this.code = code;
    this.status = status;
  }

  toResponse(): Response {
    const { code, message, status } = this;
    const more_info = `https://www.twilio.com/docs/errors/${code}`;
    return Response.json({ code, message, more_info, status }, { status });
  }
}
