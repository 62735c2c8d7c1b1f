import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { TEMPLATES, type Template } from '../../features/templates/templates.ts';
import { Button } from '../../ui/button.tsx';
import { Answered, Problem } from '../../ui/states.tsx';

/** Six scripts to begin with. One that is chosen is published, and changed in the editor later. */
export function ChooseTemplate({ tenant }: { readonly tenant: string }) {
  const save = useApiChange('saveScript');
  const publish = useApiChange('publishScript', ['listScripts']);
  const scripts = useApi('listScripts', { query: { limit: 100 } });
  const [chosen, setChosen] = useState<string | null>(null);
  const error = save.error ?? publish.error;
  const choose = async ({ key, name, content }: Template) => {
    setChosen(key);
    const { id } = await save.mutateAsync({ body: { name, content } });
    await publish.mutateAsync({ params: { id }, query: {} });
    setChosen(null);
  };
  return (
    <>
      {error === null ? null : <Problem error={error} />}
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {TEMPLATES.map((template) => (
          <li key={template.key} className="flex flex-col rounded-md border border-line p-3">
            <h3 className="font-medium">{template.name}</h3>
            <p className="mt-1 mb-3 flex-1 text-quiet">{template.about}</p>
            <Button
              size="small"
              isBusy={chosen === template.key}
              disabled={chosen !== null}
              aria-label={`Use this: ${template.name}`}
              onClick={() => void choose(template).catch(() => setChosen(null))}
            >
              Use this
            </Button>
          </li>
        ))}
      </ul>
      <Answered of={scripts} lines={1}>
        {({ scripts: own }) =>
          own.length === 0 ? null : (
            <p className="text-quiet">
              Yours:{' '}
              {own.map(({ id, name }, i) => (
                <span key={id}>
                  {i === 0 ? '' : ', '}
                  <Link
                    to="/t/$tenant/scripts/$id"
                    params={{ tenant, id }}
                    className="text-accent-text underline"
                  >
                    {name}
                  </Link>
                </span>
              ))}
            </p>
          )
        }
      </Answered>
    </>
  );
}
