import type { CallEvent } from '../../src/db/event-store.ts';
import type { Stack } from '../local/stack.ts';
import type { DemoCampaign } from './campaign.ts';
import { ledgerPage, withEvents } from './gather.ts';
import type { Person } from './people.ts';
import { clock } from './trace.ts';

const LOOK_EVERY_MS = 400;
const FINAL = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/** Prints what happens in the campaign's calls, a line an event, until it is ended. */
export function follow(
  stack: Stack,
  demo: DemoCampaign,
  persons: readonly Person[],
  print: (line: string) => void,
): { end: () => Promise<void> } {
  const names = new Map(persons.map(({ number, fields }) => [number, fields.firstName ?? '']));
  const printed = new Map<string, number>();
  const finished = new Set<string>();
  let isFollowing = true;

  const look = async () => {
    const { calls } = await ledgerPage(stack, demo, null);
    const lines: { at: number; text: string }[] = [];
    for (const call of calls.filter(({ id }) => !finished.has(id))) {
      const { events } = await withEvents(stack, demo, call);
      const who = `${call.toNumber} ${(names.get(call.toNumber) ?? '').padEnd(8)}`;
      for (const event of events.slice(printed.get(call.id) ?? 0)) {
        const words = inWords(event);
        if (words !== null)
          lines.push({ at: event.at, text: `${clock(event.at)} ${who} ${words}` });
      }
      printed.set(call.id, events.length);
      if (FINAL.has(call.status)) finished.add(call.id);
    }
    for (const line of lines.sort((a, b) => a.at - b.at)) print(line.text);
  };
  const loop = async () => {
    while (isFollowing) {
      await look().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    await look();
  };
  const done = loop();
  return {
    end: async () => {
      isFollowing = false;
      await done;
    },
  };
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  ringing: 'rings',
  'in-progress': 'picks up',
  busy: 'is busy',
  'no-answer': 'does not answer',
  failed: 'cannot be reached',
};

function inWords({ type, detail }: CallEvent): string | null {
  switch (type) {
    case 'twilio.dial.request':
      return 'is dialled';
    case 'twilio.dial.rejected':
      return `refused by the carrier (${detail.code})`;
    case 'twilio.status':
      return STATUS_WORDS[String(detail.status)] ?? null;
    case 'flow.enter':
      return `hears [${detail.node}]`;
    case 'flow.match':
      return `answers -> ${detail.target}`;
    case 'flow.no_input':
      return 'says nothing';
    case 'flow.no_match':
      return 'says something else';
    case 'retry.scheduled':
      return `will be called again (try ${detail.attempt})`;
    case 'suppression.added':
      return 'will never be called again';
    case 'call.finished':
      return `ends: ${detail.outcome ?? detail.status}`;
    default:
      return null;
  }
}
