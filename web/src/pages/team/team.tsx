import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApiChange, useApiPages } from '../../api/hooks.ts';
import { useSeat } from '../../api/session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Select } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { Empty, Problem } from '../../ui/states.tsx';
import type { Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Invite } from './invite.tsx';
import { TeamTabs } from './tabs.tsx';

const route = getRouteApi('/t/$tenant/team');

type Member = Output<'listMembers'>['members'][number];
type Invitation = Output<'listInvitations'>['invitations'][number];

const ROLES = [
  { value: 'AGENT', label: 'Agent' },
  { value: 'ADMIN', label: 'Admin' },
];

export function TeamPage() {
  const { tenant } = route.useParams();
  const [isOpen, setOpen] = useState(false);
  const members = useApiPages('listMembers', {});
  const invitations = useApiPages('listInvitations', {});
  return (
    <Page
      title="Team"
      actions={
        <Button tone="primary" onClick={() => setOpen(true)}>
          Invite somebody
        </Button>
      }
    >
      <TeamTabs tenant={tenant} />
      <Card isFlush>
        <PagedTable
          label="People"
          columns={MEMBER_COLUMNS}
          of={members}
          rowsOf={(page) => page.members}
          keyOf={({ id }) => id}
          empty={<Empty title="Nobody yet">Invite the people you work with.</Empty>}
        />
      </Card>
      <Card title="Invitations" isFlush>
        <PagedTable
          label="Invitations"
          columns={INVITATION_COLUMNS}
          of={invitations}
          rowsOf={(page) => page.invitations}
          keyOf={({ id }) => id}
          empty={<Empty title="No invitations">A link by e-mail counts for a week.</Empty>}
        />
      </Card>
      <Invite isOpen={isOpen} onClose={() => setOpen(false)} />
    </Page>
  );
}

const MEMBER_COLUMNS: readonly Column<Member>[] = [
  {
    title: 'Person',
    cell: ({ name, email }) => (
      <>
        <span className="block font-medium">{name}</span>
        <span className="block text-quiet">{email}</span>
      </>
    ),
  },
  { title: 'Role', cell: (member) => <RoleSelect member={member} /> },
  {
    title: 'Second factor',
    cell: ({ isSecondFactorOn }) => (
      <Badge tone={isSecondFactorOn ? 'good' : 'warn'}>{isSecondFactorOn ? 'On' : 'Off'}</Badge>
    ),
    isExtra: true,
  },
  { title: 'Since', cell: ({ createdAt }) => <Time at={createdAt} />, isExtra: true },
  { title: 'Actions', cell: (member) => <MemberActions member={member} /> },
];

const INVITATION_COLUMNS: readonly Column<Invitation>[] = [
  { title: 'E-mail', cell: ({ email }) => email },
  { title: 'Role', cell: ({ role }) => (role === 'ADMIN' ? 'Admin' : 'Agent') },
  {
    title: 'State',
    cell: ({ acceptedAt, expiresAt }) => {
      if (acceptedAt !== null) return <Badge tone="good">Accepted</Badge>;
      return expiresAt < Date.now() ? <Badge>Too old</Badge> : <Badge tone="accent">Sent</Badge>;
    },
  },
  { title: 'Sent', cell: ({ createdAt }) => <Time at={createdAt} />, isExtra: true },
  { title: 'Actions', cell: (invitation) => <Withdraw invitation={invitation} /> },
];

function RoleSelect({ member }: { readonly member: Member }) {
  const { me } = useSeat();
  const edit = useApiChange('editMember', ['listMembers']);
  if (member.id === me.id) return <>{member.role === 'ADMIN' ? 'Admin' : 'Agent'}</>;
  return (
    <>
      <Select
        aria-label={`Role of ${member.name}`}
        className="max-w-32"
        value={member.role}
        disabled={edit.isPending}
        onChange={({ target }) =>
          edit.mutate({
            params: { id: member.id },
            revision: member.revision,
            body: { role: target.value as Member['role'] },
          })
        }
        options={ROLES}
      />
      {edit.error === null ? null : <Problem error={edit.error} />}
    </>
  );
}

function MemberActions({ member }: { readonly member: Member }) {
  const { me } = useSeat();
  const say = useToast();
  const end = useApiChange('endMemberSessions', ['listMembers']);
  const remove = useApiChange('removeMember', ['listMembers']);
  if (member.id === me.id) return <span className="text-quiet">You</span>;
  const input = { params: { id: member.id } };
  return (
    <div className="flex gap-2">
      <Confirm
        trigger={
          <Button size="small" aria-label={`Sign out ${member.name}`}>
            Sign out
          </Button>
        }
        title={`Sign ${member.name} out everywhere?`}
        verb="Sign out"
        onConfirm={async () => {
          const { revoked } = await end.mutateAsync(input);
          say(`${revoked} sessions were ended.`);
        }}
      >
        Every browser in which this person is signed in has to sign in again.
      </Confirm>
      <Confirm
        trigger={
          <Button size="small" aria-label={`Remove ${member.name}`}>
            Remove
          </Button>
        }
        title={`Take ${member.name} out of the team?`}
        verb="Remove"
        onConfirm={() => remove.mutateAsync(input)}
      >
        This person sees nothing of this tenant from now on.
      </Confirm>
    </div>
  );
}

function Withdraw({ invitation }: { readonly invitation: Invitation }) {
  const withdraw = useApiChange('withdrawInvitation', ['listInvitations']);
  if (invitation.acceptedAt !== null) return <>-</>;
  return (
    <Button
      size="small"
      aria-label={`Withdraw the invitation of ${invitation.email}`}
      isBusy={withdraw.isPending}
      onClick={() => withdraw.mutate({ params: { id: invitation.id } })}
    >
      Withdraw
    </Button>
  );
}
