import { describe, expect, it } from 'vitest';
import { FaultBook, FaultRule } from './rules.ts';

const rule = (input: object) => FaultRule.parse(input);

describe('FaultBook', () => {
  it('strikes a counted number of times', () => {
    const book = new FaultBook('seed');
    book.add(rule({ kind: 'create-429', count: 2 }), 0);
    const struck = [1, 2, 3].map(() => book.draw(['create-429'], 0).length);
    expect(struck).toEqual([1, 1, 0]);
    expect(book.draw(['rest-401'], 0)).toEqual([]);
  });

  it('strikes at its rate, the same way for the same seed', () => {
    const run = (seed: string) => {
      const book = new FaultBook(seed);
      book.add(rule({ kind: 'callback-drop', rate: 0.2 }), 0);
      return Array.from({ length: 2000 }, () => book.draw(['callback-drop'], 0).length);
    };
    const struck = run('a').reduce((sum, each) => sum + each, 0);
    expect(struck).toBeGreaterThan(320);
    expect(struck).toBeLessThan(480);
    expect(run('a')).toEqual(run('a'));
    expect(run('a')).not.toEqual(run('b'));
  });

  it('ends in time and when it is cleared', () => {
    const book = new FaultBook('seed');
    book.add(rule({ kind: 'outage', forMs: 1000 }), 500);
    expect(book.draw(['outage'], 1499)).toHaveLength(1);
    expect(book.draw(['outage'], 1500)).toHaveLength(0);
    book.add(rule({ kind: 'rest-401' }), 0);
    book.clear('rest-401');
    expect(book.list().map((each) => each.kind)).toEqual(['outage']);
    book.clear();
    expect(book.list()).toEqual([]);
  });

  it('holds back a delayed callback for its time, a reordered one for a part of it', () => {
    const book = new FaultBook('seed');
    book.add(rule({ kind: 'callback-delay', delayMs: 700 }), 0);
    book.add(rule({ kind: 'callback-reorder', delayMs: 900 }), 0);
    const [delay, reorder] = book.drawCallbackFaults(0);
    expect(delay).toEqual({ kind: 'callback-delay', delayMs: 700 });
    expect(reorder?.delayMs).toBeLessThan(900);
  });

  it('goes on where it stopped after a restart', () => {
    const book = new FaultBook('seed');
    book.add(rule({ kind: 'create-429', count: 1 }), 0);
    book.draw(['create-429'], 0);
    const again = new FaultBook('seed', book.list());
    expect(again.draw(['create-429'], 0)).toEqual([]);
    expect(again.add(rule({ kind: 'outage' }), 0).id).toBe(2);
  });
});
