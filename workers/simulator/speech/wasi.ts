/** The thirteen WASI calls that flite makes, on memory alone: arguments in, one file out. */
const OK = 0;
const BAD_FILE = 8;
const NO_ENTRY = 44;
const PREOPENED_FD = 3;
const OUTPUT_FD = 4;
const INITIAL_CAPACITY = 1 << 18;

class ProcessExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

class MemoryFile {
  #bytes = new Uint8Array(INITIAL_CAPACITY);
  #length = 0;
  position = 0;

  write(data: Uint8Array): void {
    const end = this.position + data.byteLength;
    if (end > this.#bytes.byteLength) {
      const grown = new Uint8Array(Math.max(end, this.#bytes.byteLength * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(data, this.position);
    this.position = end;
    this.#length = Math.max(this.#length, end);
  }

  /** The WAV writer goes back to fill in the sizes. */
  seek(offset: number, whence: number): number {
    const from = whence === 0 ? 0 : whence === 1 ? this.position : this.#length;
    this.position = Math.max(0, from + offset);
    return this.position;
  }

  contents(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }
}

/** Runs a command-line program once and returns the file that it wrote. */
export function runWasi(
  module: WebAssembly.Module,
  args: readonly string[],
): Uint8Array<ArrayBuffer> {
  const file = new MemoryFile();
  let memory: WebAssembly.Memory | undefined;
  const bytes = () => new Uint8Array(memory?.buffer ?? new ArrayBuffer(0));
  const view = () => new DataView(memory?.buffer ?? new ArrayBuffer(0));
  const encoded = args.map((arg) => new TextEncoder().encode(`${arg}\0`));

  const imports = {
    args_sizes_get: (count: number, size: number) => {
      view().setUint32(count, encoded.length, true);
      view().setUint32(
        size,
        encoded.reduce((sum, arg) => sum + arg.byteLength, 0),
        true,
      );
      return OK;
    },
    args_get: (pointers: number, buffer: number) => {
      let at = buffer;
      for (const [index, arg] of encoded.entries()) {
        view().setUint32(pointers + index * 4, at, true);
        bytes().set(arg, at);
        at += arg.byteLength;
      }
      return OK;
    },
    clock_time_get: (_id: number, _precision: bigint, out: number) => {
      view().setBigUint64(out, 0n, true);
      return OK;
    },
    fd_close: () => OK,
    fd_fdstat_get: (fd: number, out: number) => {
      const isDirectory = fd === PREOPENED_FD;
      bytes().fill(0, out, out + 24);
      view().setUint8(out, isDirectory ? 3 : fd < PREOPENED_FD ? 2 : 4);
      view().setBigUint64(out + 8, (1n << 30n) - 1n, true);
      view().setBigUint64(out + 16, (1n << 30n) - 1n, true);
      return OK;
    },
    fd_fdstat_set_flags: () => OK,
    fd_prestat_get: (fd: number, out: number) => {
      if (fd !== PREOPENED_FD) return BAD_FILE;
      view().setUint32(out, 0, true);
      view().setUint32(out + 4, 1, true);
      return OK;
    },
    fd_prestat_dir_name: (fd: number, out: number) => {
      if (fd !== PREOPENED_FD) return BAD_FILE;
      bytes()[out] = '/'.charCodeAt(0);
      return OK;
    },
    fd_read: (_fd: number, _vectors: number, _count: number, out: number) => {
      view().setUint32(out, 0, true);
      return OK;
    },
    fd_seek: (fd: number, offset: bigint, whence: number, out: number) => {
      if (fd !== OUTPUT_FD) return BAD_FILE;
      view().setBigUint64(out, BigInt(file.seek(Number(offset), whence)), true);
      return OK;
    },
    fd_write: (fd: number, vectors: number, count: number, out: number) => {
      let written = 0;
      for (let index = 0; index < count; index += 1) {
        const start = view().getUint32(vectors + index * 8, true);
        const length = view().getUint32(vectors + index * 8 + 4, true);
        if (fd === OUTPUT_FD) file.write(bytes().subarray(start, start + length));
        written += length;
      }
      view().setUint32(out, written, true);
      return OK;
    },
    path_open: (
      _dir: number,
      _flags: number,
      _path: number,
      _length: number,
      create: number,
      ...rest: unknown[]
    ) => {
      if ((create & 1) === 0) return NO_ENTRY;
      view().setUint32(Number(rest.at(-1)), OUTPUT_FD, true);
      return OK;
    },
    proc_exit: (code: number) => {
      throw new ProcessExit(code);
    },
  };

  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: imports });
  const { memory: exported, _start: start } = instance.exports;
  if (!(exported instanceof WebAssembly.Memory) || typeof start !== 'function') {
    throw new Error('Not a WASI command');
  }
  memory = exported;
  try {
    start();
  } catch (cause) {
    if (!(cause instanceof ProcessExit)) throw cause;
    if (cause.code !== 0) throw new Error(`The voice stopped with code ${cause.code}`);
  }
  return file.contents();
}
