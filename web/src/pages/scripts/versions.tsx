import { getRouteApi, Link } from '@tanstack/react-router';
import type { Output } from '../../api/client.ts';
import { useApi, useApiChange, useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { cx } from '../../lib/cx.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { More } from '../../ui/more.tsx';
import { Answered, Empty } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Script } from './workbench.tsx';

const route = getRouteApi('/t/$tenant/scripts/$id');

/** What was published, and how it differs from the draft. */
export function Versions({ script }: { readonly script: Script }) {
  const { tenant, id } = route.useParams();
  const { compare } = route.useSearch();
  const may = useMay();
  const say = useToast();
  const versions = useApiPages('listVersions', { params: { id } });
  const restore = useApiChange('restoreVersion', ['readScript']);
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[24rem_minmax(0,1fr)]">
      <Card title="Published versions" isFlush>
        <Answered of={versions} lines={3}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.versions);
            if (rows.length === 0) {
              return <Empty title="Not published yet">Publish the draft to make version 1.</Empty>;
            }
            return (
              <ul>
                {rows.map(({ version, publishedAt }) => (
                  <li
                    key={version}
                    className={cx(
                      'flex flex-wrap items-center justify-between gap-2 border-b border-line px-4 py-3 last:border-b-0',
                      version === compare && 'bg-hover',
                    )}
                  >
                    <div>
                      <p className="font-medium">Version {version}</p>
                      <p className="text-quiet">
                        <Time at={publishedAt} />
                      </p>
                    </div>
                    <div className="flex gap-2">
                      <Button asChild size="small">
                        <Link
                          to="/t/$tenant/scripts/$id"
                          params={{ tenant, id }}
                          search={{ view: 'versions', compare: version }}
                          aria-label={`Compare version ${version} with the draft`}
                        >
                          Compare
                        </Link>
                      </Button>
                      {may('restoreVersion') ? (
                        <Confirm
                          trigger={
                            <Button size="small" aria-label={`Restore version ${version}`}>
                              Restore
                            </Button>
                          }
                          title={`Make the draft what version ${version} was?`}
                          verb="Restore"
                          onConfirm={async () => {
                            await restore.mutateAsync({
                              params: { id, version },
                              revision: script.revision,
                            });
                            say(`The draft is version ${version} again.`);
                          }}
                        >
                          What the draft says now is lost. Published versions stay as they are.
                        </Confirm>
                      ) : null}
                    </div>
                  </li>
                ))}
              </ul>
            );
          }}
        </Answered>
        <More
          hasMore={versions.hasNextPage}
          isBusy={versions.isFetchingNextPage}
          onMore={() => void versions.fetchNextPage()}
        />
      </Card>
      {compare === undefined ? null : <Difference id={id} from={compare} />}
    </div>
  );
}

function Difference({ id, from }: { readonly id: string; readonly from: number }) {
  const diff = useApi('diffScript', { params: { id }, query: { from } });
  return (
    <Card title={`From version ${from} to the draft`} isFlush>
      <Answered of={diff}>{({ lines }) => <Lines lines={lines} />}</Answered>
    </Card>
  );
}

type DiffLine = Output<'diffScript'>['lines'][number];

const SIGNS = { same: ' ', added: '+', removed: '-' } as const;

function Lines({ lines }: { readonly lines: readonly DiffLine[] }) {
  if (lines.every(({ kind }) => kind === 'same')) {
    return <Empty title="No difference">The draft says what this version says.</Empty>;
  }
  return (
    <section
      aria-label="Differences"
      // A region that scrolls must be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: https://www.w3.org/WAI/standards-guidelines/act/rules/0ssw9k/
      tabIndex={0}
      className="overflow-x-auto py-2 font-mono text-[13px] leading-6"
    >
      {lines.map(({ kind, text }, i) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else of its own
          key={i}
          className={cx(
            'px-4 whitespace-pre-wrap',
            kind === 'added' && 'bg-good-soft text-good',
            kind === 'removed' && 'bg-bad-soft text-bad',
          )}
        >
          {SIGNS[kind]} {text}
        </div>
      ))}
    </section>
  );
}
