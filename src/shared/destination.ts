/**
 * Numbers that cost their caller much and pay whoever answers, as GLOB patterns: the routes of toll
 * fraud. 900 and 976 of North America (NANPA), international premium rate and satellite codes (ITU-T
 * E.164), and the premium ranges of large European plans. Nobody is called or handed over there.
 */
export const PREMIUM_RANGES: readonly string[] = [
  ...['+1900*', '+1???976*'],
  ...['+979*', '+870*', '+878*', '+881*', '+882*', '+883*'],
  ...['+4490*', '+4491*', '+4498*', '+4470*', '+49137*', '+49900*', '+3389*', '+3290*'],
  ...['+31900*', '+31906*', '+31909*', '+34803*', '+34806*', '+34807*', '+34905*'],
  ...['+39144*', '+39166*', '+39892*', '+39895*', '+39899*'],
  ...['+41900*', '+41901*', '+41906*', '+43900*', '+43901*', '+43930*', '+43931*', '+43939*'],
];

const PREMIUM = new RegExp(
  `^(?:${PREMIUM_RANGES.map((range) => range.replace('*', '').replace('+', '\\+').replaceAll('?', '\\d')).join('|')})`,
);

/** Whether a number lies where the tenant may call: `callingCodes` as `["1", "44"]`. */
export function isAllowedDestination(e164: string, callingCodes: readonly string[]): boolean {
  return !PREMIUM.test(e164) && callingCodes.some((code) => e164.startsWith(`+${code}`));
}
