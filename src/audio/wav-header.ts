import { MULAW_RATE } from './mulaw.ts';

export const WAV_HEADER_BYTES = 58;
/** Format tag of mu-law in WAVE files (RFC 2361, appendix A). */
export const WAVE_FORMAT_MULAW = 7;
export const WAVE_FORMAT_PCM = 1;

/**
 * The header of a WAV file with `dataBytes` of 8 kHz mono mu-law: RIFF, `fmt ` of 18 bytes, `fact`
 * (required for compressed formats) and `data`. An odd body needs one more byte: `wavPadding`.
 */
export function wavHeader(dataBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, name: string) => {
    for (let i = 0; i < 4; i++) view.setUint8(at + i, name.charCodeAt(i));
  };
  tag(0, 'RIFF');
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes + wavPadding(dataBytes), true);
  tag(8, 'WAVE');
  tag(12, 'fmt ');
  view.setUint32(16, 18, true);
  view.setUint16(20, WAVE_FORMAT_MULAW, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, MULAW_RATE, true);
  view.setUint32(28, MULAW_RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  view.setUint16(36, 0, true);
  tag(38, 'fact');
  view.setUint32(42, 4, true);
  view.setUint32(46, dataBytes, true);
  tag(50, 'data');
  view.setUint32(54, dataBytes, true);
  return bytes;
}

/** RIFF chunks start on even offsets. */
export const wavPadding = (dataBytes: number): number => dataBytes % 2;
