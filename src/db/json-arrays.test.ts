import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonArrays } from './json-arrays.ts';

test('nothing is lost, and no array is longer than it may be', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 2, max: 200 }), (values, most) => {
      const arrays = jsonArrays(values, most);
      const known = values.map((value) => JSON.parse(JSON.stringify(value)));
      expect(arrays.flatMap((json) => JSON.parse(json))).toEqual(known);
      for (const json of arrays) {
        expect(json.length <= most || JSON.parse(json).length === 1).toBe(true);
      }
    }),
  );
});

test('fills each before the next', () => {
  expect(jsonArrays([1, 2, 3], 5)).toEqual(['[1,2]', '[3]']);
  expect(jsonArrays([], 5)).toEqual([]);
});
