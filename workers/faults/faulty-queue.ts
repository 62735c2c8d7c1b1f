import type { Draw, FaultPlan } from './fault-plan.ts';

/** The queue, with messages that are delivered twice. */
export function faultyQueue<T>(queue: Queue<T>, plan: FaultPlan, draw: Draw): Queue<T> {
  return {
    send: async (body, options) => {
      if (draw(plan.queueTwice)) await queue.send(body, options);
      return queue.send(body, options);
    },
    sendBatch: async (messages, options) => {
      const again = [...messages].filter(() => draw(plan.queueTwice));
      if (again.length > 0) await queue.sendBatch(again, options);
      return queue.sendBatch(messages, options);
    },
    metrics: () => queue.metrics(),
  };
}

/** The batch, with acks that never arrive: their messages come again although all is done. */
export function faultyBatch<T>(batch: MessageBatch<T>, plan: FaultPlan, draw: Draw) {
  const faulty = (message: Message<T>): Message<T> =>
    new Proxy(message, {
      get(target, name) {
        if (name === 'ack' && draw(plan.queueAckLost)) return () => target.retry();
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const messages = batch.messages.map(faulty);
  return new Proxy(batch, {
    get(target, name) {
      if (name === 'messages') return messages;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
