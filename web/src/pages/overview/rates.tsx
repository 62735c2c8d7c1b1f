import type { Output } from '../../api/client.ts';
import { cx } from '../../lib/cx.ts';
import { count } from '../../lib/format.ts';
import { Card, Stat } from '../../ui/card.tsx';
import { Help } from '../../ui/tip.tsx';

type Summary = Output<'readSummary'>;

/** The figures of a period, each with the change from the period before. */
export function Rates({ summary }: { readonly summary: Summary }) {
  const { current, previous } = summary;
  return (
    <Card>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-5 lg:grid-cols-5">
        <Stat
          label="Calls out"
          value={count(current.outbound.finished)}
          note={<Change now={current.outbound.finished} before={previous.outbound.finished} />}
        />
        <Rate
          label="Answered"
          now={current.rates.answerRate}
          before={previous.rates.answerRate}
          help="Calls that a person picked up, of all finished calls out. A voicemail that was noticed is not an answer."
        />
        <Rate
          label="Confirmed"
          now={current.rates.confirmationRate}
          before={previous.rates.confirmationRate}
          help="Calls with the outcome confirmed, of the answered ones."
        />
        <Rate
          label="Handed over"
          now={current.rates.escalationRate}
          before={previous.rates.escalationRate}
          help="Calls that reached a live agent, of the answered ones."
        />
        <Stat
          label="Calls in"
          value={count(current.inbound.finished)}
          note={<Change now={current.inbound.finished} before={previous.inbound.finished} />}
        />
      </dl>
    </Card>
  );
}

function Rate({
  label,
  now,
  before,
  help,
}: {
  readonly label: string;
  readonly now: number | null;
  readonly before: number | null;
  readonly help: string;
}) {
  return (
    <div className="min-w-0">
      <dt className="flex items-center gap-0.5 text-quiet">
        {label}
        <Help about={label} text={help} />
      </dt>
      <dd className="tnum text-xl font-semibold tracking-tight">
        {now === null ? '-' : `${(now * 100).toFixed(1)} %`}
      </dd>
      <dd className="text-quiet">
        {now === null || before === null ? (
          'Nothing to compare'
        ) : (
          <Points change={(now - before) * 100} />
        )}
      </dd>
    </div>
  );
}

function Points({ change }: { readonly change: number }) {
  const text = Math.abs(change).toFixed(1);
  if (text === '0.0') return <>As before</>;
  return (
    <span className={cx('tnum', change > 0 ? 'text-good' : 'text-bad')}>
      {change > 0 ? '+' : '-'}
      {text} points
    </span>
  );
}

function Change({ now, before }: { readonly now: number; readonly before: number }) {
  if (before === 0) return <>Nothing to compare</>;
  const share = Math.round(((now - before) / before) * 100);
  if (share === 0) return <>As before</>;
  return (
    <span className="tnum">
      {share > 0 ? '+' : '-'}
      {Math.abs(share)} % from before
    </span>
  );
}
