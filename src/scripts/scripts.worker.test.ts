import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { SCRIPT } from '../../tests/support/campaign.ts';
import { newTenant } from '../../tests/support/tenant.ts';
import { script, scriptVersion } from '../db/schema/script.ts';
import { DestinyError } from '../shared/errors.ts';
import { FlowCache } from './flow-cache.ts';
import { publishScript } from './publish-script.ts';
import { saveScript } from './save-script.ts';

const BROKEN = '[start]\nHello.\n-> 1: nowhere\n';

async function newScript(content = SCRIPT) {
  const ctx = await newTenant();
  const { id: scriptId, diagnostics } = await saveScript(ctx, { name: 'Reminder', content });
  return {
    ctx,
    scriptId,
    diagnostics,
    publish: () => publishScript(ctx, { scriptId }),
    rewrite: (text: string) =>
      ctx.db.run(ctx.db.update(script, { content: text }, eq(script.id, scriptId))),
    versions: () => ctx.db.find(scriptVersion, eq(scriptVersion.scriptId, scriptId)),
    draft: () => ctx.db.findOne(script, eq(script.id, scriptId)),
  };
}

test('a draft with errors is kept as it stands, with what is wrong', async () => {
  const { draft, diagnostics } = await newScript(BROKEN);
  expect(await draft()).toMatchObject({ content: BROKEN, publishedVersion: 0 });
  expect(diagnostics.find(({ message }) => message.includes('nowhere'))).toMatchObject({
    line: 3,
    column: expect.any(Number),
  });
});

test('a script with errors is not published; its diagnostics say where', async () => {
  const { publish, versions, draft } = await newScript(BROKEN);
  const error: unknown = await publish().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DestinyError);
  expect(error).toMatchObject({
    code: 'script_invalid',
    details: expect.arrayContaining([
      expect.objectContaining({ line: 3, column: expect.any(Number), severity: 'error' }),
    ]),
  });
  expect(await versions()).toEqual([]);
  expect(await draft()).toMatchObject({ publishedVersion: 0 });
});

test('errors after a publish leave the published version as it was', async () => {
  const { ctx, scriptId, publish, versions, rewrite } = await newScript();
  await publish();
  await rewrite(BROKEN);
  await expect(publish()).rejects.toMatchObject({ code: 'script_invalid' });
  expect(await versions()).toHaveLength(1);
  const { flow } = await new FlowCache().get(ctx.db, scriptId, 1);
  expect(flow.entry).toBe('start');
});

test('the same words published twice are the same version', async () => {
  const { publish, versions } = await newScript();
  const first = await publish();
  expect(first).toMatchObject({ version: 1, hash: expect.stringMatching(/^[\w-]{20,}$/) });
  expect(await publish()).toEqual(first);
  expect(await versions()).toHaveLength(1);
});

test('other words are the next version, and the older one never changes', async () => {
  const { ctx, scriptId, publish, rewrite, versions } = await newScript();
  const first = await publish();
  await rewrite(SCRIPT.replace('See you soon.', 'Bye now.'));
  const second = await publish();
  expect(second.version).toBe(2);
  expect(second.hash).not.toBe(first.hash);
  expect((await versions()).map(({ version, hash }) => [version, hash])).toEqual([
    [1, first.hash],
    [2, second.hash],
  ]);
  const flows = new FlowCache();
  expect(JSON.stringify((await flows.get(ctx.db, scriptId, 1)).flow)).toContain('See you soon.');
  expect(JSON.stringify((await flows.get(ctx.db, scriptId, 2)).flow)).toContain('Bye now.');
});

test('publishing twice at once gives one version to both', async () => {
  const { publish, versions } = await newScript();
  const [one, other] = await Promise.all([publish(), publish()]);
  expect(one).toEqual(other);
  expect(await versions()).toHaveLength(1);
});

test('a script or version of another tenant is not found', async () => {
  const [one, other] = [await newScript(), await newTenant()];
  await one.publish();
  const missing = { code: 'not_found' };
  await expect(publishScript(other, { scriptId: one.scriptId })).rejects.toMatchObject(missing);
  const flows = new FlowCache();
  await flows.get(one.ctx.db, one.scriptId, 1);
  await expect(flows.get(other.db, one.scriptId, 1)).rejects.toMatchObject(missing);
  await expect(flows.get(one.ctx.db, one.scriptId, 2)).rejects.toMatchObject(missing);
});

test('a test of the script that fails refuses the publish unless it is overridden', async () => {
  const { ctx, scriptId, publish, versions } = await newScript(
    `${SCRIPT}\n@test "says hello"\n  says "words nobody wrote"\n`,
  );
  await expect(publish()).rejects.toMatchObject({
    code: 'script_tests_failed',
    details: [{ name: 'says hello', line: expect.any(Number), message: expect.any(String) }],
  });
  expect(await versions()).toEqual([]);
  expect(await publishScript(ctx, { scriptId, overrideTests: true })).toMatchObject({ version: 1 });
});
