/** Basic authentication with the account's own SID and token. */
export function matchesBasic(
  authorization: string | undefined,
  accountSid: string,
  authToken: string,
): boolean {
  return authorization === `Basic ${btoa(`${accountSid}:${authToken}`)}`;
}
