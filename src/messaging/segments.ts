/** How a text travels: 160 septets, or 70 UTF-16 units; 153 and 67 when it takes several (3GPP TS 23.040). */
export type Segmented = {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly segments: number;
};

/** GSM 03.38 basic alphabet. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table: an escape comes before each. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Parts that the carrier bills and paces by. An empty text is one. */
export function segmentsOf(text: string): Segmented {
  const chars = [...text];
  const isGsm = chars.every((char) => BASIC.has(char) || EXTENDED.has(char));
  if (isGsm) {
    const sizes = chars.map((char) => (EXTENDED.has(char) ? 2 : 1));
    return { encoding: 'GSM-7', segments: partsOf(sizes, 160, 153) };
  }
  const sizes = chars.map((char) => char.length);
  return { encoding: 'UCS-2', segments: partsOf(sizes, 70, 67) };
}

/** A character is never torn apart: what does not fit goes whole into the next part. */
function partsOf(sizes: readonly number[], single: number, each: number): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= single) return 1;
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > each) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}
