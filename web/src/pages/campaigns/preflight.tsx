import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { Output } from '../../api/client.ts';
import { useApi } from '../../api/hooks.ts';
import { count, dollars, duration } from '../../lib/format.ts';
import { Card, Stat } from '../../ui/card.tsx';
import { Answered } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { notesOf } from './preflight-notes.ts';

type Found = Output<'preflightCampaign'>;

/** What a launch now would do: who is called and who not, what it takes and costs. */
export function Preflight({ campaignId }: { readonly campaignId: string }) {
  const found = useApi('preflightCampaign', { params: { id: campaignId } });
  return (
    <Card title="Before you launch">
      <Answered of={found} lines={4}>
        {(known) => (
          <div className="space-y-5">
            <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
              <Stat
                label={known.texts === null ? 'Would be called' : 'Would be written to'}
                value={count(known.callable)}
                note={`of ${count(known.people)}`}
              />
              {known.texts === null ? (
                <>
                  <Stat
                    label="Calls cost up to"
                    value={dollars(known.callsUsd)}
                    note="if everybody answers"
                  />
                  <Stat
                    label="Speech to make"
                    value={duration(known.speech.seconds)}
                    note={`${count(known.speech.sentences)} sentences, up to ${dollars(known.speech.usd)}`}
                  />
                </>
              ) : (
                <>
                  <Stat
                    label="First texts cost about"
                    value={dollars(known.texts.usd)}
                    note="answers come on top"
                  />
                  <Stat
                    label="Parts of a first text"
                    value={known.texts.segments.mean.toFixed(1)}
                    note={`at most ${count(known.texts.segments.most)}`}
                  />
                </>
              )}
              <Stat
                label="First round done"
                value={known.finish.at === null ? '-' : <Time at={known.finish.at} />}
                note={
                  known.finish.at === null
                    ? undefined
                    : `bound by ${known.texts === null ? BOUND[known.finish.boundBy] : 'the pace of your numbers'}`
                }
              />
            </dl>
            {known.texts === null || known.texts.example === null ? null : (
              <blockquote className="border-l-2 border-line pl-3 whitespace-pre-line">
                {known.texts.example}
              </blockquote>
            )}
            <Notes known={known} />
          </div>
        )}
      </Answered>
    </Card>
  );
}

const BOUND = { pace: 'calls a second', concurrency: 'calls at a time', speech: 'speech' } as const;

function Notes({ known }: { readonly known: Found }) {
  const notes = notesOf(known);
  if (notes.length === 0) {
    return (
      <p className="flex items-center gap-2 text-good">
        <CircleCheck aria-hidden className="size-4 shrink-0" />
        Nothing is in the way.
      </p>
    );
  }
  return (
    <ul className="space-y-2">
      {notes.map(({ key, text, isQuiet }) => (
        <li key={key} className="flex gap-2">
          <TriangleAlert
            aria-hidden
            className={`mt-0.5 size-4 shrink-0 ${isQuiet ? 'text-quiet' : 'text-warn'}`}
          />
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
