import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readFaults, seededDraw } from './fault-plan.ts';
import { withFaults } from './with-faults.ts';

test('without the binding nothing is wrapped', () => {
  const env = { DATA_0: {}, DIAL: {} };
  expect(readFaults(env)).toBeNull();
  expect(withFaults(env)).toBe(env);
});

test('what is left out is 0', () => {
  expect(readFaults({ FAULTS: '{"seed": 7, "d1After": 0.05}' })).toEqual({
    seed: 7,
    d1Before: 0,
    d1After: 0.05,
    d1Slow: 0,
    d1SlowMs: 0,
    queueTwice: 0,
    queueAckLost: 0,
    queueDead: 0,
    evict: 0,
    clockAheadMs: 0,
    clockFromMs: 0,
    forMs: 0,
  });
});

test.each([
  { name: 'no JSON', text: 'd1After=1' },
  { name: 'no object', text: '[1]' },
  { name: 'an unknown name', text: '{"d1Afterwards": 0.1}' },
  { name: 'a share above 1', text: '{"d1After": 5}' },
  { name: 'a share below 0', text: '{"queueTwice": -0.1}' },
  { name: 'a share that is no number', text: '{"d1Slow": "0.1"}' },
  { name: 'the empty text', text: '' },
])('$name is refused with the name of the variable', ({ text }) => {
  expect(() => readFaults({ FAULTS: text })).toThrow(
    /^The variable FAULTS is wrong: .*Take it away/,
  );
});

test('a draw strikes at its share, the same way for the same seed', () => {
  const run = (seed: number) => {
    const draw = seededDraw(seed);
    return Array.from({ length: 5000 }, () => draw(0.2));
  };
  const struck = run(7).filter(Boolean).length;
  expect(struck).toBeGreaterThan(900);
  expect(struck).toBeLessThan(1100);
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
  const draw = seededDraw(7);
  expect(Array.from({ length: 1000 }, () => draw(0)).some(Boolean)).toBe(false);
  expect(Array.from({ length: 1000 }, () => draw(1)).every(Boolean)).toBe(true);
});

test('no configuration that is deployed names FAULTS', () => {
  const root = resolve(import.meta.dirname, '../..');
  const configs = globSync('{wrangler.toml,workers/*/wrangler*.toml}', { cwd: root });
  expect(configs.length).toBeGreaterThan(2);
  const naming = configs.filter((file) => /FAULTS/.test(readFileSync(resolve(root, file), 'utf8')));
  expect(naming).toEqual([]);
});
