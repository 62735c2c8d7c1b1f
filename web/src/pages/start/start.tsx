import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { ChooseTemplate } from './choose-template.tsx';
import { Step } from './step.tsx';
import { TestCall } from './test-call.tsx';
import { STEPS, type StepName, useMayStart, useProgress } from './use-progress.ts';

const route = getRouteApi('/t/$tenant/start');

const TITLES: Readonly<Record<StepName, string>> = {
  number: 'A number to call from',
  script: 'What is said',
  contacts: 'Who is called',
  call: 'A test call to yourself',
  launch: 'Launch',
};

/** From an empty tenant to its first campaign, in five steps that can be left and taken up again. */
export function StartPage() {
  const { tenant } = route.useParams();
  const mayStart = useMayStart();
  const done = useProgress();
  if (!mayStart) {
    return (
      <Page title="Get started">
        <Card>
          <Empty title="An admin sets this up">You will find your calls under Agent.</Empty>
        </Card>
      </Page>
    );
  }
  if (done === null) {
    return (
      <Page title="Get started">
        <Loading lines={8} />
      </Page>
    );
  }
  const next = STEPS.find((name) => !done.has(name)) ?? null;
  const bodies: Readonly<Record<StepName, ReactNode>> = {
    number: (
      <p>
        Numbers come from your Twilio account.{' '}
        <Link to="/t/$tenant/numbers" params={{ tenant }} className="text-accent-text underline">
          {done.has('number') ? 'Your numbers' : 'Find or add one'}
        </Link>
      </p>
    ),
    script: <ChooseTemplate tenant={tenant} />,
    contacts: (
      <p>
        A file with a number in each row, or one person by hand.{' '}
        <Link
          to="/t/$tenant/contacts/imports"
          params={{ tenant }}
          className="text-accent-text underline"
        >
          Import a file
        </Link>{' '}
        or{' '}
        <Link to="/t/$tenant/contacts" params={{ tenant }} className="text-accent-text underline">
          add somebody
        </Link>
      </p>
    ),
    call: <TestCall tenant={tenant} />,
    launch: (
      <p>
        <Link
          to="/t/$tenant/campaigns/new"
          params={{ tenant }}
          className="text-accent-text underline"
        >
          Plan a campaign
        </Link>
        , which calls your contacts, or let{' '}
        <Link to="/t/$tenant/numbers" params={{ tenant }} className="text-accent-text underline">
          your number answer
        </Link>{' '}
        with a script.
      </p>
    ),
  };
  return (
    <Page
      title="Get started"
      intro={
        next === null
          ? 'All of it is done.'
          : `${done.size} of ${STEPS.length} steps are done. Each can be left and taken up again.`
      }
    >
      <ol className="space-y-4">
        {STEPS.map((name, i) => (
          <Step
            key={name}
            n={i + 1}
            title={TITLES[name]}
            isDone={done.has(name)}
            isNext={name === next}
          >
            {bodies[name]}
          </Step>
        ))}
      </ol>
    </Page>
  );
}
