import { type FormEvent, useState } from 'react';
import type { Input } from '../../api/client.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import type { Import } from '../../features/import-state.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField, TextField, Input as TextInput } from '../../ui/field.tsx';
import { Problem } from '../../ui/states.tsx';
import { chosenMapping, type Guess, guessMapping } from './guess-mapping.ts';

const NEW_LIST = 'new';

/** Says which column is what, then tries the file or saves it. */
export function Mapping({
  own,
  isOpen,
  onOpen,
}: {
  readonly own: Import;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const before = own.mapping;
  const [guess, setGuess] = useState(() =>
    before === null ? guessMapping(own.columns) : chosenMapping(own.columns, before),
  );
  const [list, setList] = useState(before?.listId ?? '');
  const [country, setCountry] = useState(before?.country ?? '');
  const check = useApiChange('checkImport', ['readImport', 'listImports']);
  const run = useApiChange('runImport', ['readImport', 'listImports', 'listContacts', 'listLists']);
  const createList = useApiChange('createList', ['listLists']);
  const isContacts = own.kind === 'contacts';
  const start = async (verb: typeof check | typeof run) => {
    const listId =
      list === NEW_LIST ? (await createList.mutateAsync({ body: { name: own.name } })).id : list;
    setList(listId);
    await verb.mutateAsync({
      params: { id: own.id },
      body: { mapping: mappingOf(own, guess, listId, country) },
    });
  };
  const error = createList.error ?? check.error ?? run.error;
  const isSure = own.state === 'checked';
  return (
    <form
      className="space-y-5"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void start(isSure ? run : check).catch(() => undefined);
      }}
    >
      {isOpen ? (
        <Card title="Which column is what">
          <div className="space-y-5">
            <div className="grid gap-4 md:grid-cols-2">
              <ColumnField
                label="Phone number"
                own={own}
                value={guess.number}
                onChange={(number) => setGuess({ ...guess, number })}
              />
              {isContacts ? (
                <>
                  <ColumnField
                    label="Your id"
                    own={own}
                    value={guess.externalId}
                    nothing="The number is the id"
                    onChange={(externalId) => setGuess({ ...guess, externalId })}
                  />
                  <ColumnField
                    label="Time zone"
                    own={own}
                    value={guess.timeZone}
                    nothing="By the number"
                    onChange={(timeZone) => setGuess({ ...guess, timeZone })}
                  />
                  <ListField value={list} onChange={setList} name={own.name} />
                </>
              ) : null}
              <TextField
                label="Country of numbers without a code"
                value={country}
                onChange={({ target }) => setCountry(target.value.toUpperCase())}
                maxLength={2}
                placeholder="US"
                hint="Two letters. Left empty: the country you call to."
              />
            </div>
            {isContacts ? <FieldNames own={own} guess={guess} onChange={setGuess} /> : null}
          </div>
        </Card>
      ) : null}
      {error === null ? null : <Problem error={error} />}
      <div className="flex flex-wrap gap-2">
        {isOpen ? null : <Button onClick={onOpen}>Change the columns</Button>}
        {isOpen && isSure ? (
          <Button isBusy={check.isPending} onClick={() => void start(check).catch(() => undefined)}>
            Check again
          </Button>
        ) : null}
        <Button type="submit" tone="primary" isBusy={check.isPending || run.isPending}>
          {isSure ? 'Save these rows' : 'Check the file'}
        </Button>
      </div>
    </form>
  );
}

function mappingOf(
  own: Import,
  guess: Guess,
  listId: string,
  country: string,
): Input<'runImport'>['body']['mapping'] {
  const isContacts = own.kind === 'contacts';
  const { number, externalId, timeZone } = guess;
  const fields = isContacts
    ? Object.entries(guess.fields)
        .filter(([, name]) => name !== '')
        .map(([column, name]) => [name, column])
    : [];
  return {
    number,
    fields: Object.fromEntries(fields),
    ...(isContacts && externalId !== '' ? { externalId } : {}),
    ...(isContacts && timeZone !== '' ? { timeZone } : {}),
    ...(isContacts && listId !== '' ? { listId } : {}),
    ...(country === '' ? {} : { country }),
  };
}

function ColumnField({
  label,
  own,
  value,
  nothing,
  onChange,
}: {
  readonly label: string;
  readonly own: Import;
  readonly value: string;
  readonly nothing?: string;
  readonly onChange: (column: string) => void;
}) {
  const columns = own.columns.map((column) => ({ value: column, label: column }));
  return (
    <SelectField
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      options={nothing === undefined ? columns : [{ value: '', label: nothing }, ...columns]}
    />
  );
}

function ListField({
  value,
  onChange,
  name,
}: {
  readonly value: string;
  readonly onChange: (list: string) => void;
  readonly name: string;
}) {
  const lists = useApi('listLists', { query: { limit: 500 } });
  return (
    <SelectField
      label="Put everybody into"
      value={value}
      onChange={({ target }) => onChange(target.value)}
      options={[
        { value: '', label: 'No list' },
        { value: NEW_LIST, label: `A new list: ${name}` },
        ...(lists.data?.lists ?? []).map((list) => ({ value: list.id, label: list.name })),
      ]}
    />
  );
}

function FieldNames({
  own,
  guess,
  onChange,
}: {
  readonly own: Import;
  readonly guess: Guess;
  readonly onChange: (guess: Guess) => void;
}) {
  const taken = new Set([guess.number, guess.externalId, guess.timeZone]);
  const columns = own.columns.filter((column) => !taken.has(column));
  if (columns.length === 0) return null;
  return (
    <fieldset className="space-y-3">
      <legend className="font-medium">Fields for scripts</legend>
      <p className="text-quiet">
        A script speaks them as {'{{name}}'}. An empty name leaves the column out.
      </p>
      <ul className="grid gap-3 md:grid-cols-2">
        {columns.map((column) => (
          <li key={column} className="grid grid-cols-2 items-center gap-3">
            <span className="truncate" title={column}>
              {column}
            </span>
            <TextInput
              aria-label={`Field for ${column}`}
              className="font-mono text-[13px]"
              value={guess.fields[column] ?? ''}
              onChange={({ target }) =>
                onChange({ ...guess, fields: { ...guess.fields, [column]: target.value.trim() } })
              }
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
