import type { Output } from '../../api/client.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Loading } from '../../ui/states.tsx';
import { Line } from './diagnostics.tsx';

type Outcome = Output<'preflightScript'>['tests'][number];

/** The conversations that a script says must go as written, and whether they do. */
export function TestList({
  tests,
  onLine,
}: {
  readonly tests: readonly Outcome[] | null;
  readonly onLine?: (line: number) => void;
}) {
  return (
    <Card title="Tests" isFlush>
      {tests === null ? <Loading lines={2} /> : null}
      {tests?.length === 0 ? (
        <p className="p-4 text-quiet">
          None. A test such as <code className="font-mono">@test "confirms"</code> plays a
          conversation before every publish.
        </p>
      ) : null}
      <ul>
        {tests?.map(({ name, failure }) => (
          <li
            key={name}
            className="flex items-start gap-3 border-b border-line px-4 py-2.5 last:border-b-0"
          >
            <Badge tone={failure === null ? 'good' : 'bad'}>
              {failure === null ? 'Passes' : 'Fails'}
            </Badge>
            <p className="min-w-0 flex-1">
              {name}
              {failure === null ? null : <span className="block text-bad">{failure.message}</span>}
            </p>
            {failure === null ? null : <Line line={failure.line} onLine={onLine} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}
