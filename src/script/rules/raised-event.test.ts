import { test } from 'vitest';
import { expectFaults, expectNone } from './harness.fixture.ts';
import { raisedEvent } from './raised-event.ts';

test('an event of an action that the node does not have', () =>
  expectFaults(raisedEvent, '[start]\n-> 1: END\n-> no-answer: END', [
    ['DS227', '3:4', 'no-answer'],
  ]));

test('listening raises these', () =>
  expectNone(raisedEvent, '[start]\n-> no-input, no-match: END\n-> else, machine: END'));

test('a node with a broken line is left alone', () =>
  expectNone(raisedEvent, '[start]\n@transfer agents\n-> busy: END'));
