import { expect, test } from 'vitest';
import { verifySignature } from './signature.ts';
import { renderTwiml } from './twiml.ts';

// The two parts of the twilio package we use are written for Node; this is where they must work.
test('signatures verify in the Workers runtime', () => {
  const request = {
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    params: {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    },
    signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  };
  expect(verifySignature(request, '12345')).toBe(true);
  expect(verifySignature(request, '12346')).toBe(false);
});

test('TwiML renders in the Workers runtime', () => {
  const id = { turn: 0, index: 0 };
  const { xml } = renderTwiml({
    effects: [
      { type: 'say', id, sentences: [{ text: 'Hi & bye.', kind: 'live' }] },
      { type: 'hangup', id },
    ],
    clips: {},
    audioBaseUrl: 'https://destiny.test/audio/ten_1',
    actionUrl: 'https://destiny.test/turn',
    voice: 'en-US-Chirp3-HD-Leda',
    language: 'en-US',
  });
  expect(xml).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Response>' +
      '<Say voice="Google.en-US-Chirp3-HD-Leda" language="en-US">Hi &amp; bye.</Say>' +
      '<Hangup/></Response>',
  );
});
