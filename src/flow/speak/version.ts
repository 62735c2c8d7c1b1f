/** Grows when any value is spoken in other words: audio made under another version is not reused. */
export const NORMALISER_VERSION = 1;
