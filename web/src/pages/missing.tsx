import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, Problem } from '../ui/states.tsx';

export function MissingPage() {
  return (
    <main>
      <Page title="Page not found">
        <Empty
          title="There is nothing at this address"
          action={
            <Button asChild>
              <Link to="/">Go to the first page</Link>
            </Button>
          }
        >
          The link may be old, or a letter of it was lost.
        </Empty>
      </Page>
    </main>
  );
}

export function BrokenPage({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page failed">
      <Problem error={error} onRetry={reset} />
    </Page>
  );
}
