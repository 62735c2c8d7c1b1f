/** Whether a number lies where the tenant may call: `callingCodes` as `["1", "44"]`. */
export function isAllowedDestination(e164: string, callingCodes: readonly string[]): boolean {
  return callingCodes.some((code) => e164.startsWith(`+${code}`));
}
