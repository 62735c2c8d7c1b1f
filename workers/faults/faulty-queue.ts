import type { Strikes } from './fault-plan.ts';

/** The queue, with messages that are delivered twice. */
export function faultyQueue<T>(queue: Queue<T>, strikes: Strikes): Queue<T> {
  return {
    send: async (body, options) => {
      if (strikes('queueTwice')) await queue.send(body, options);
      return queue.send(body, options);
    },
    sendBatch: async (messages, options) => {
      const again = [...messages].filter(() => strikes('queueTwice'));
      if (again.length > 0) await queue.sendBatch(again, options);
      return queue.sendBatch(messages, options);
    },
    metrics: () => queue.metrics(),
  };
}

/** The batch, with acks that never arrive: their messages come again although all is done. */
export function faultyBatch<T>(batch: MessageBatch<T>, strikes: Strikes): MessageBatch<T> {
  return batchOf(
    batch,
    batch.queue,
    batch.messages.map((message) => withLostAck(message, strikes)),
  );
}

/** What counts as failed ten times comes as a batch of its own, of the queue's dead letters. */
export function withoutDead<T>(batch: MessageBatch<T>, strikes: Strikes): MessageBatch<T>[] {
  const dead = batch.messages.filter(() => strikes('queueDead'));
  if (dead.length === 0) return [batch];
  const alive = batch.messages.filter((message) => !dead.includes(message));
  return [batchOf(batch, batch.queue, alive), batchOf(batch, `${batch.queue}-dead`, dead)];
}

function withLostAck<T>(message: Message<T>, strikes: Strikes): Message<T> {
  return new Proxy(message, {
    get(target, name) {
      if (name === 'ack' && strikes('queueAckLost')) return () => target.retry();
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function batchOf<T>(batch: MessageBatch<T>, queue: string, messages: readonly Message<T>[]) {
  return new Proxy(batch, {
    get(target, name) {
      if (name === 'messages') return messages;
      if (name === 'queue') return queue;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
