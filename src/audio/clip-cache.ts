/** The clips used last, by store path (which carries the tenant), bounded by their bytes. */
export class ClipCache {
  readonly #maxBytes: number;
  // A Map keeps insertion order: the first entry is the one used longest ago.
  readonly #clips = new Map<string, Uint8Array>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The caller must not change the bytes. */
  get(path: string): Uint8Array | undefined {
    const clip = this.#clips.get(path);
    if (clip !== undefined) {
      this.#clips.delete(path);
      this.#clips.set(path, clip);
    }
    return clip;
  }

  set(path: string, clip: Uint8Array): void {
    this.#remove(path);
    if (clip.length > this.#maxBytes) return;
    this.#clips.set(path, clip);
    this.#bytes += clip.length;
    for (const oldest of this.#clips.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#remove(oldest);
    }
  }

  #remove(path: string): void {
    this.#bytes -= this.#clips.get(path)?.length ?? 0;
    this.#clips.delete(path);
  }
}
