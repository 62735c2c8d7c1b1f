type HeapUsage = { readonly usedSize: number; readonly backingStorageSize?: number };
type Answer = { readonly id?: number; readonly result?: HeapUsage };

export type HeapWatch = {
  /** The most that was seen, in MB. */
  readonly peakMb: () => number;
  readonly stop: () => void;
};

const EVERY_MS = 50;
const AGAIN_MS = 500;

/**
 * Asks the debugger of a Worker for the heap of its isolate, rubbish that is not collected yet and
 * buffers included; after a restart it connects anew. Chrome DevTools Protocol, Runtime.getHeapUsage.
 */
export function watchHeap(port: number): HeapWatch {
  let peak = 0;
  let isRunning = true;
  let socket: WebSocket | null = null;
  const connect = async () => {
    const targets = await fetch(`http://127.0.0.1:${port}/json`).then(
      (response) => response.json() as Promise<{ webSocketDebuggerUrl: string }[]>,
      () => [],
    );
    const url = targets[0]?.webSocketDebuggerUrl;
    if (!isRunning) return;
    if (url === undefined) {
      setTimeout(connect, AGAIN_MS);
      return;
    }
    const own = new WebSocket(url);
    socket = own;
    own.addEventListener('open', () => ask(own, 1));
    own.addEventListener('message', ({ data }) => {
      const { id, result } = JSON.parse(String(data)) as Answer;
      if (id === undefined) return;
      peak = Math.max(peak, (result?.usedSize ?? 0) + (result?.backingStorageSize ?? 0));
      setTimeout(() => ask(own, id + 1), EVERY_MS);
    });
    own.addEventListener('close', () => {
      if (isRunning) setTimeout(connect, AGAIN_MS);
    });
    own.addEventListener('error', () => own.close());
  };
  void connect();
  return {
    peakMb: () => peak / 2 ** 20,
    stop: () => {
      isRunning = false;
      socket?.close();
    },
  };
}

function ask(socket: WebSocket, id: number): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ id, method: 'Runtime.getHeapUsage' }));
}
