import { useBlocker } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { outlineOf } from '../../../../src/script/editor/outline.ts';
import { formatScript } from '../../../../src/script/format.ts';
import { isProblem, type Output } from '../../api/client.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { CodeEditor, type EditorHandle } from '../../features/editor/code-editor.tsx';
import { useCompiled } from '../../features/use-compiled.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Empty, Loading, Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Diagnostics } from './diagnostics.tsx';
import { Publish } from './publish.tsx';
import { TestList } from './test-list.tsx';

const FlowGraph = lazy(() =>
  import('../../features/graph/flow-graph.tsx').then(({ FlowGraph: found }) => ({
    default: found,
  })),
);

export type Script = Output<'readScript'>;

/** The text of a script beside what it means: its drawing, what is wrong with it, its tests. */
export function Workbench({ script }: { readonly script: Script }) {
  const may = useMay();
  const say = useToast();
  const canEdit = may('editScript');
  const editor = useRef<EditorHandle>(null);
  const [content, setContent] = useState(script.content);
  const [cursor, setCursor] = useState(0);
  const compiled = useCompiled(content);
  const save = useApiChange('editScript', ['readScript', 'listScripts', 'preflightScript']);
  const isChanged = content !== script.content;
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isChanged &&
      current.pathname !== next.pathname &&
      !window.confirm('Leave without saving the changes to this script?'),
    enableBeforeUnload: isChanged,
  });
  const keep = () =>
    save.mutateAsync({
      params: { id: script.id },
      body: { content },
      revision: script.revision,
    });
  const onSave = () =>
    void keep()
      .then(() => say('Saved.'))
      .catch(() => undefined);
  useSaveKey(canEdit && isChanged, onSave);
  const outline = outlineOf(content).filter(({ kind }) => kind === 'node');
  const here = outline.findLast(({ blockFrom }) => blockFrom <= cursor)?.name ?? null;
  const goToNode = (name: string) => {
    const line = compiled?.compilation.sourceMap.nodes[name]?.name.line;
    if (line !== undefined) editor.current?.goToLine(line);
  };
  const edges = useApi(
    'readEdges',
    { params: { id: script.id, version: script.publishedVersion }, query: { period: '30d' } },
    { enabled: script.publishedVersion > 0 },
  );
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-center gap-2">
        {canEdit ? (
          <>
            <Button tone="primary" disabled={!isChanged} isBusy={save.isPending} onClick={onSave}>
              Save
            </Button>
            <Button onClick={() => editor.current?.replace(formatScript(content))}>Format</Button>
          </>
        ) : null}
        {may('publishScript') ? (
          <Publish script={script} beforehand={isChanged ? keep : null} />
        ) : null}
        <span className="text-quiet" role="status">
          {isChanged ? 'Changes are not saved' : 'Everything is saved'}
        </span>
      </div>
      {save.error === null ? null : <SaveProblem error={save.error} />}
      <div className="grid gap-5 xl:grid-cols-2">
        <Card title="Text" isFlush>
          <div className="h-[65vh] min-h-80">
            <CodeEditor
              ref={editor}
              initial={script.content}
              isReadOnly={!canEdit}
              onChange={setContent}
              onCursor={setCursor}
            />
          </div>
        </Card>
        <Card title="Drawing" isFlush>
          <div className="h-[65vh] min-h-80">
            {compiled === null ? <Loading /> : null}
            {compiled !== null && compiled.drawing === null ? (
              <Empty title="Nothing to draw yet">Write a first node, such as [start].</Empty>
            ) : null}
            {compiled?.drawing == null ? null : (
              <Suspense fallback={<Loading />}>
                <FlowGraph
                  drawing={compiled.drawing}
                  here={here}
                  traffic={edges.data?.edges ?? []}
                  onNode={goToNode}
                />
              </Suspense>
            )}
          </div>
        </Card>
      </div>
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <Diagnostics
          diagnostics={compiled?.compilation.diagnostics ?? null}
          onLine={(line) => editor.current?.goToLine(line)}
        />
        <TestList
          tests={compiled?.tests ?? null}
          onLine={(line) => editor.current?.goToLine(line)}
        />
      </div>
    </div>
  );
}

function SaveProblem({ error }: { readonly error: unknown }) {
  if (!isProblem(error, 'precondition_failed')) return <Problem error={error} />;
  return (
    <div role="alert" className="rounded-lg border border-bad bg-bad-soft p-4">
      <p className="font-medium">Somebody else changed this script while you wrote.</p>
      <p>Copy your text, load the page again, and bring both together. Nothing was overwritten.</p>
    </div>
  );
}

function useSaveKey(isOn: boolean, save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [isOn]);
}
