import { useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { count } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Stat } from '../../ui/card.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { CheckField } from '../../ui/field.tsx';
import { Answered, Problem } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Diagnostics } from './diagnostics.tsx';
import { TestList } from './test-list.tsx';

type Preflight = Output<'preflightScript'>;

/** Freezes the draft as the next version, after showing what that would say. */
export function Publish({
  script,
  beforehand,
}: {
  readonly script: { readonly id: string; readonly publishedVersion: number };
  /** Saves what is not saved; null when everything is. */
  readonly beforehand: (() => Promise<unknown>) | null;
}) {
  const [isOpen, setOpen] = useState(false);
  const open = async () => {
    await beforehand?.();
    setOpen(true);
  };
  return (
    <>
      <Button onClick={() => void open().catch(() => undefined)}>Publish</Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={`Publish version ${script.publishedVersion + 1}`}
        description="A published version never changes. Campaigns and numbers use it from their next call on, once they are set to this script."
      >
        {isOpen ? <Check id={script.id} onDone={() => setOpen(false)} /> : null}
      </Dialog>
    </>
  );
}

function Check({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const preflight = useApi('preflightScript', { params: { id } }, { staleTime: 0 });
  return (
    <Answered of={preflight} lines={4}>
      {(found) => <Ready id={id} found={found} onDone={onDone} />}
    </Answered>
  );
}

function Ready({
  id,
  found,
  onDone,
}: {
  readonly id: string;
  readonly found: Preflight;
  readonly onDone: () => void;
}) {
  const say = useToast();
  const publish = useApiChange('publishScript', ['readScript', 'listScripts', 'listVersions']);
  const [isAnyway, setAnyway] = useState(false);
  const { diagnostics, tests, speech } = found;
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error');
  const hasFailures = tests.some(({ failure }) => failure !== null);
  const go = () =>
    publish.mutate(
      { params: { id }, query: isAnyway ? { overrideTests: 'true' } : {} },
      {
        onSuccess: ({ version }) => {
          onDone();
          say(`Version ${version} is published.`);
        },
      },
    );
  return (
    <div className="space-y-4">
      {speech === null ? null : (
        <dl className="grid grid-cols-3 gap-4">
          <Stat
            label="Sentences"
            value={count(speech.staticSentences + speech.dynamicSentences + speech.liveSentences)}
          />
          <Stat label="Characters to speak" value={count(speech.chars)} />
          <Stat label="Speech, one contact" value={`$${speech.usd.toFixed(4)}`} />
        </dl>
      )}
      {diagnostics.length === 0 ? null : <Diagnostics diagnostics={diagnostics} />}
      {tests.length === 0 ? null : <TestList tests={tests} />}
      {hasFailures && !hasErrors ? (
        <CheckField
          label="Publish although tests fail"
          checked={isAnyway}
          onChange={({ target }) => setAnyway(target.checked)}
        />
      ) : null}
      {hasErrors ? <p className="text-bad">Mend the errors first.</p> : null}
      {publish.error === null ? null : <Problem error={publish.error} />}
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button
          tone="primary"
          isBusy={publish.isPending}
          disabled={hasErrors || (hasFailures && !isAnyway)}
          onClick={go}
        >
          Publish
        </Button>
      </DialogActions>
    </div>
  );
}
