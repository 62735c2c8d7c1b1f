import { Link } from '@tanstack/react-router';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Progress } from '../../ui/progress.tsx';
import { STEPS, useProgress } from '../start/use-progress.ts';

/** Where a tenant without calls goes on; nothing for one that has all it needs. */
export function FirstSteps({ tenant }: { readonly tenant: string }) {
  const done = useProgress();
  if (done === null || done.size === STEPS.length) return null;
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 space-y-1">
          <h2 className="font-semibold">Your first call is a few steps away</h2>
          <p className="text-quiet">
            A number, a script from a template, contacts, and a test call to yourself.
          </p>
        </div>
        <div className="w-40">
          <Progress label="Steps that are done" part={done.size} of={STEPS.length} />
        </div>
        <Button asChild tone="primary">
          <Link to="/t/$tenant/start" params={{ tenant }}>
            Get started
          </Link>
        </Button>
      </div>
    </Card>
  );
}
