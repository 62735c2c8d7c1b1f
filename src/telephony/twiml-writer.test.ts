import fc from 'fast-check';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { expect, test } from 'vitest';
import { readXml } from './read-xml.suite.ts';
import { TwimlResponse } from './twiml-writer.ts';
import { xmlText } from './xml-text.ts';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });

test('writes what the carrier’s own library writes', () => {
  fc.assert(
    fc.property(text, text, (words, url) => {
      const [said, asked] = [xmlText(words), xmlText(url)];
      fc.pre(said !== '' && asked !== '');
      const theirs = new VoiceResponse();
      const gather = theirs.gather({ action: asked, input: ['dtmf', 'speech'], timeout: 5 });
      gather.say({ language: 'en-US' }, said);
      theirs.hangup();
      const ours = new TwimlResponse();
      const inside = ours.add('Gather', { action: asked, input: ['dtmf', 'speech'], timeout: 5 });
      inside.add('Say', { language: 'en-US' }, said);
      ours.add('Hangup');
      expect(readXml(ours.toString())).toEqual(readXml(theirs.toString()));
    }),
  );
});

test('what XML cannot write is left out, and what is not set is not written', () => {
  const response = new TwimlResponse();
  response.add('Say', { voice: undefined, loop: 2, note: 'a\tb"c' }, 'x\u0000y <&> \uD800z');
  expect(response.toString()).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Response><Say loop="2" note="a&#x9;b&quot;c">xy &lt;&amp;&gt; z</Say></Response>',
  );
});
