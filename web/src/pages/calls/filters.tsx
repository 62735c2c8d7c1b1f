import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { useApi } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import { textOf } from '../../lib/form.ts';
import { Button } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/field.tsx';
import { callSearch, DIRECTIONS, STATUSES } from './search.ts';

const route = getRouteApi('/t/$tenant/calls');

export function CallFilters() {
  const search = route.useSearch();
  const may = useMay();
  const navigate = useNavigate({ from: '/t/$tenant/calls' });
  const outcomes = useId();
  const [cleared, setCleared] = useState(0);
  const campaigns = useApi(
    'listCampaigns',
    { query: { limit: 200 } },
    { enabled: may('listCampaigns') },
  );
  const known = useApi('readOutcomes', { query: {} }, { enabled: may('readOutcomes') });
  const change = (some: Readonly<Record<string, string>>) =>
    void navigate({ search: callSearch({ ...search, ...some }), replace: true });
  const choice = (
    name: 'campaign' | 'direction' | 'status',
    label: string,
    options: readonly { readonly value: string; readonly label: string }[],
  ) => (
    <Select
      aria-label={label}
      className="max-w-56"
      value={search[name] ?? ''}
      onChange={({ target }) => change({ [name]: target.value })}
      options={options}
    />
  );
  const apply = (form: HTMLFormElement) =>
    change({
      outcome: textOf(form, 'outcome').trim(),
      number: textOf(form, 'number').trim(),
      from: textOf(form, 'from'),
      to: textOf(form, 'to'),
    });
  return (
    <search>
      <form
        key={cleared}
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          apply(event.currentTarget);
        }}
      >
        {choice('campaign', 'Campaign', [
          { value: '', label: 'All campaigns' },
          ...(campaigns.data?.campaigns ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ])}
        {choice('direction', 'Direction', [{ value: '', label: 'Out and in' }, ...DIRECTIONS])}
        {choice('status', 'Status', [{ value: '', label: 'Any status' }, ...STATUSES])}
        <Input
          name="outcome"
          aria-label="Outcome"
          placeholder="Outcome"
          className="max-w-36"
          list={outcomes}
          defaultValue={search.outcome ?? ''}
          onBlur={({ target }) => target.form !== null && apply(target.form)}
        />
        <datalist id={outcomes}>
          {(known.data?.outcomes ?? []).map(({ outcome }) =>
            outcome === null ? null : <option key={outcome} value={outcome} />,
          )}
        </datalist>
        <Input
          name="number"
          aria-label="Number or SID"
          placeholder="Number or SID"
          className="max-w-44"
          defaultValue={search.number ?? ''}
          onBlur={({ target }) => target.form !== null && apply(target.form)}
        />
        <span className="flex items-center gap-2 text-quiet">
          From
          <Input
            name="from"
            type="date"
            aria-label="From day"
            className="w-38"
            defaultValue={search.from ?? ''}
            onChange={({ target }) => target.form !== null && apply(target.form)}
          />
        </span>
        <span className="flex items-center gap-2 text-quiet">
          Until
          <Input
            name="to"
            type="date"
            aria-label="Until day"
            className="w-38"
            defaultValue={search.to ?? ''}
            onChange={({ target }) => target.form !== null && apply(target.form)}
          />
        </span>
        {Object.keys(search).length === 0 ? null : (
          <Button
            onClick={() => {
              setCleared(cleared + 1);
              void navigate({ search: {}, replace: true });
            }}
          >
            Clear
          </Button>
        )}
        <button type="submit" className="sr-only">
          Apply the filters
        </button>
      </form>
    </search>
  );
}
