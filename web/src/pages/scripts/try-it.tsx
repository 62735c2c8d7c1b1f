import { type FormEvent, useEffect, useRef, useState } from 'react';
import { requiredVariables } from '../../../../src/flow/prompts.ts';
import type { Flow, FlowEventName } from '../../../../src/flow/types.ts';
import { useSeat } from '../../api/session.tsx';
import { useCompiled } from '../../features/use-compiled.ts';
import { exampleOf } from '../../features/variable-example.ts';
import { cx } from '../../lib/cx.ts';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Input, TextField } from '../../ui/field.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { answer, beginTalk, readInput, type Talk } from './talk.ts';
import type { Script } from './workbench.tsx';

const RESULTS: Readonly<Record<string, readonly FlowEventName[]>> = {
  transfer: ['answered', 'busy', 'no-answer', 'failed'],
  voicemail: ['ok', 'no-input'],
  webhook: ['ok', 'error'],
};

/** Talks to the saved draft by typing, with the engine that answers calls. */
export function TryIt({ script }: { readonly script: Script }) {
  const compiled = useCompiled(script.content);
  if (compiled === null) return <Loading />;
  const { flow } = compiled.compilation;
  if (flow === null) {
    return (
      <Card>
        <Empty title="Nothing to talk to yet">Write a first node and save.</Empty>
      </Card>
    );
  }
  return <Conversation flow={flow} />;
}

function Conversation({ flow }: { readonly flow: Flow }) {
  const { tenant } = useSeat();
  const needed = requiredVariables(flow);
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() => ({
    ...Object.fromEntries(needed.map((name) => [name, exampleOf(name)])),
    ...(needed.includes('tenantName') ? { tenantName: tenant.name } : {}),
  }));
  const [talk, setTalk] = useState<Talk | null>(null);
  const begin = () => setTalk(beginTalk(flow, values, Date.now()));
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Card title="Conversation">
        {talk === null ? (
          <Empty
            title="Talk to this script"
            action={
              <Button tone="primary" onClick={begin}>
                Begin
              </Button>
            }
          >
            You are the person who is called. Type words, or digits for keys.
          </Empty>
        ) : (
          <Exchange talk={talk} onTalk={setTalk} onAgain={begin} />
        )}
      </Card>
      <Card title="Who is called">
        {needed.length === 0 ? (
          <p className="text-quiet">This script uses no values of a contact.</p>
        ) : (
          <div className="space-y-3">
            {needed.map((name) => (
              <TextField
                key={name}
                label={name}
                value={values[name] ?? ''}
                onChange={({ target }) => setValues({ ...values, [name]: target.value })}
              />
            ))}
            <p className="text-quiet">A change counts from the next beginning on.</p>
          </div>
        )}
      </Card>
    </div>
  );
}

function Exchange({
  talk,
  onTalk,
  onAgain,
}: {
  readonly talk: Talk;
  readonly onTalk: (talk: Talk) => void;
  readonly onAgain: () => void;
}) {
  const end = useRef<HTMLLIElement>(null);
  const { lines, waits, state } = talk;
  useEffect(() => {
    if (lines.length > 0) end.current?.scrollIntoView({ block: 'nearest' });
  }, [lines]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = textOf(event.currentTarget, 'words').trim();
    event.currentTarget.reset();
    onTalk(answer(talk, readInput(text), Date.now()));
  };
  const results = RESULTS[waits?.type ?? ''] ?? [];
  const keys = waits?.type === 'listen' ? waits.keys : [];
  return (
    <div className="space-y-4">
      <ol className="max-h-[55vh] space-y-2 overflow-y-auto" aria-live="polite">
        {lines.map((line, i) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
            key={i}
            className={cx(
              'w-fit max-w-[85%] rounded-lg px-3 py-2',
              line.who === 'script' && 'bg-hover',
              line.who === 'caller' && 'ml-auto bg-accent text-accent-ink',
              line.who === 'note' && 'px-0 py-0.5 text-[13px] text-quiet',
            )}
          >
            {line.text}
          </li>
        ))}
        <li ref={end} aria-hidden />
      </ol>
      {results.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-quiet">How does it go?</span>
          {results.map((event) => (
            <Button
              key={event}
              size="small"
              onClick={() => onTalk(answer(talk, { type: 'result', event }, Date.now()))}
            >
              {event}
            </Button>
          ))}
        </div>
      ) : null}
      {waits?.type === 'listen' ? (
        <form onSubmit={submit} className="flex gap-2">
          <Input
            name="words"
            aria-label="What you say"
            placeholder={
              keys.length === 0 ? 'Say something' : `Say something, or press ${keys.join(', ')}`
            }
            autoComplete="off"
            autoFocus
          />
          <Button type="submit" tone="primary">
            Say
          </Button>
        </form>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {state.isEnded ? null : (
          <Button size="small" onClick={() => onTalk(answer(talk, { type: 'hangup' }, Date.now()))}>
            Hang up
          </Button>
        )}
        <Button size="small" onClick={onAgain}>
          Begin again
        </Button>
      </div>
    </div>
  );
}
