import type { Output } from '../../api/client.ts';
import { DiagnosticHelp } from '../../features/diagnostic-help.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Loading } from '../../ui/states.tsx';

type Diagnostic = Output<'readScript'>['diagnostics'][number];

const TONES = { error: 'bad', warning: 'warn', info: 'accent' } as const;
const WORDS = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** What is wrong with a script, each with a way to its line. */
export function Diagnostics({
  diagnostics,
  onLine,
}: {
  readonly diagnostics: readonly Diagnostic[] | null;
  readonly onLine?: (line: number) => void;
}) {
  return (
    <Card title="Problems" isFlush>
      {diagnostics === null ? <Loading lines={2} /> : null}
      {diagnostics?.length === 0 ? <p className="p-4 text-quiet">None.</p> : null}
      <ul>
        {diagnostics?.map((one) => (
          <li
            key={`${one.line}:${one.column} ${one.code}`}
            className="flex items-start gap-3 border-b border-line px-4 py-2.5 last:border-b-0"
          >
            <Badge tone={TONES[one.severity]}>{WORDS[one.severity]}</Badge>
            <p className="min-w-0 flex-1">
              {one.message} <DiagnosticHelp code={one.code} />
            </p>
            <Line line={one.line} onLine={onLine} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function Line({
  line,
  onLine,
}: {
  readonly line: number;
  readonly onLine: ((line: number) => void) | undefined;
}) {
  if (onLine === undefined) return <span className="tnum text-quiet">Line {line}</span>;
  return (
    <button
      type="button"
      className="tnum shrink-0 text-accent-text underline"
      onClick={() => onLine(line)}
    >
      Line {line}
    </button>
  );
}
