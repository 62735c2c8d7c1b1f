import type { Input } from '../api/client.ts';
import { useApi } from '../api/hooks.ts';
import { SelectField } from '../ui/field.tsx';
import { Answered } from '../ui/states.tsx';

export type AudienceChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  | { readonly kind: 'list'; readonly listId: string };

/** As POST /campaigns/{id}/contacts takes it; null for nobody yet. */
export function audienceBody(choice: AudienceChoice): Input<'enrolContacts'>['body'] | null {
  if (choice.kind === 'none') return null;
  return choice.kind === 'all' ? { all: true } : { listId: choice.listId };
}

/** Who takes part: everybody, or those of a list. */
export function AudienceFields({
  choice,
  onChange,
}: {
  readonly choice: AudienceChoice;
  readonly onChange: (choice: AudienceChoice) => void;
}) {
  const lists = useApi('listLists', { query: { limit: 500 } });
  return (
    <Answered of={lists} lines={1}>
      {(known) => (
        <SelectField
          label="People"
          value={choice.kind === 'list' ? choice.listId : choice.kind}
          onChange={({ target }) => {
            if (target.value === 'all' || target.value === 'none') onChange({ kind: target.value });
            else onChange({ kind: 'list', listId: target.value });
          }}
          options={[
            { value: 'all', label: 'All contacts' },
            ...known.lists.map(({ id, name }) => ({ value: id, label: `List: ${name}` })),
            { value: 'none', label: 'Nobody yet' },
          ]}
          hint="Numbers that must not be called are left out by themselves, now and before every call."
        />
      )}
    </Answered>
  );
}
