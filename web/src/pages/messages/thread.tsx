import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiPages } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { cx } from '../../lib/cx.ts';
import { phone, words } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { More } from '../../ui/more.tsx';
import { Page } from '../../ui/page.tsx';
import { Answered } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { SendText } from './send-text.tsx';

const route = getRouteApi('/t/$tenant/messages/$id');
const AGAIN_MS = 4_000;

type Text = Output<'readThread'>['messages'][number];

export function ThreadPage() {
  const { id } = route.useParams();
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  const texts = useApiPages('readThread', { params: { id } }, { refetchInterval: AGAIN_MS });
  const thread = texts.data?.pages[0]?.thread;
  return (
    <Page
      title={thread === undefined ? 'Conversation' : phone(thread.peer)}
      {...(thread === undefined ? {} : { intro: `Through ${phone(thread.ownNumber)}` })}
      actions={
        may('sendText') && thread !== undefined ? (
          <Button tone="primary" onClick={() => setOpen(true)}>
            Write
          </Button>
        ) : undefined
      }
    >
      <Card isFlush>
        <Answered of={texts}>
          {({ pages }) => (
            <ol className="flex flex-col gap-3 p-4">
              {pages
                .flatMap((page) => page.messages)
                .toReversed()
                .map((text) => (
                  <OneText key={text.id} text={text} />
                ))}
            </ol>
          )}
        </Answered>
        <More
          hasMore={texts.hasNextPage}
          isBusy={texts.isFetchingNextPage}
          onMore={() => void texts.fetchNextPage()}
        />
      </Card>
      {thread === undefined || !isOpen ? null : (
        <SendText isOpen onClose={() => setOpen(false)} to={thread.peer} from={thread.ownNumber} />
      )}
    </Page>
  );
}

function OneText({ text }: { readonly text: Text }) {
  const isOwn = text.direction === 'outbound';
  return (
    <li className={cx('max-w-[85%] space-y-1', isOwn ? 'self-end text-right' : 'self-start')}>
      <p
        className={cx(
          'rounded-lg px-3 py-2 text-left whitespace-pre-wrap',
          isOwn ? 'bg-accent text-accent-ink' : 'bg-hover',
        )}
      >
        {text.body ?? 'Erased'}
      </p>
      <p className="text-[13px] text-quiet">
        <Time at={text.createdAt} />
        {isOwn ? ` · ${words(text.state)}` : ''}
        {text.errorCode === null ? '' : ` · error ${text.errorCode}`}
      </p>
    </li>
  );
}
