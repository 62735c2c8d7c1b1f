import { Grip, Mic, MicOff, Pause, PhoneForwarded, PhoneOff, Play } from 'lucide-react';
import { useState } from 'react';
import type { TalkView } from '../../../../src/agents/protocol.ts';
import { useApiChange } from '../../api/hooks.ts';
import type { Desk } from '../../features/desk/desk.ts';
import { duration, phone } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, Stat } from '../../ui/card.tsx';
import { Problem } from '../../ui/states.tsx';
import { HandOn } from './hand-on.tsx';
import { Keypad } from './keypad.tsx';

/** The talk one is in, and all that can be done with it. */
export function Talk({ desk, talk }: { readonly desk: Desk; readonly talk: TalkView }) {
  const hold = useApiChange('holdTalk');
  const [isKeypadOpen, setKeypadOpen] = useState(false);
  const [isHandingOn, setHandingOn] = useState(false);
  const now = useNow();
  const isTalking = talk.stage === 'talking';
  // He is busy from the moment he answered.
  const begun = desk.state.agent?.since;
  return (
    <Card
      title={isTalking ? `In a talk with ${phone(talk.number)}` : 'Connecting'}
      actions={
        <>
          {talk.isHeld ? <Badge tone="warn">On hold</Badge> : null}
          {talk.isHandedOn ? <Badge tone="accent">Being handed on</Badge> : null}
        </>
      }
    >
      <div className="space-y-4">
        {hold.error === null ? null : <Problem error={hold.error} />}
        <div className="flex flex-wrap items-center justify-between gap-4">
          <dl>
            <Stat
              label="For"
              value={begun === undefined ? '-' : duration(Math.max(0, (now - begun) / 1000))}
            />
          </dl>
          <div className="flex flex-wrap gap-2">
            <Button aria-pressed={desk.isMuted} onClick={() => desk.mute(!desk.isMuted)}>
              {desk.isMuted ? <MicOff aria-hidden /> : <Mic aria-hidden />}
              {desk.isMuted ? 'Unmute' : 'Mute'}
            </Button>
            <Button
              disabled={!isTalking}
              isBusy={hold.isPending}
              onClick={() =>
                hold.mutate({ params: { id: talk.callId }, body: { isHeld: !talk.isHeld } })
              }
            >
              {talk.isHeld ? <Play aria-hidden /> : <Pause aria-hidden />}
              {talk.isHeld ? 'Talk again' : 'Hold'}
            </Button>
            <Button aria-expanded={isKeypadOpen} onClick={() => setKeypadOpen(!isKeypadOpen)}>
              <Grip aria-hidden />
              Keypad
            </Button>
            <Button disabled={!isTalking} onClick={() => setHandingOn(true)}>
              <PhoneForwarded aria-hidden />
              Hand on
            </Button>
            <Button tone="danger" onClick={desk.hangUp}>
              <PhoneOff aria-hidden />
              Hang up
            </Button>
          </div>
        </div>
        {isKeypadOpen ? <Keypad onKey={desk.sendDigits} /> : null}
      </div>
      <HandOn
        callId={talk.callId}
        ownId={desk.state.agent?.id ?? ''}
        isOpen={isHandingOn}
        onClose={() => setHandingOn(false)}
      />
    </Card>
  );
}
