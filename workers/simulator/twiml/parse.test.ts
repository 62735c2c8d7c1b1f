import { describe, expect, it } from 'vitest';
import { TwimlError } from './ast.ts';
import { parseTwiml } from './parse.ts';

const response = (inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`;

describe('parseTwiml', () => {
  it('reads a conversation turn', () => {
    const { verbs } = parseTwiml(
      response(
        `<Gather input="dtmf speech" timeout="4" speechTimeout="auto" numDigits="1" hints="yes,no"
           action="/voice?turn=1&amp;n=2" actionOnEmptyResult="true" finishOnKey="">
           <Play>https://app.test/a.wav</Play>
           <Say voice="Google.en-US-Chirp3-HD-Leda">Hello <emphasis>there</emphasis>.</Say>
           <Pause length="2"/>
         </Gather><Redirect method="GET">/again</Redirect>`,
      ),
    );
    expect(verbs).toEqual([
      {
        verb: 'Gather',
        dtmf: true,
        speech: true,
        action: '/voice?turn=1&n=2',
        method: 'POST',
        timeoutSeconds: 4,
        speechTimeout: 'auto',
        maxSpeechSeconds: 60,
        numDigits: 1,
        finishOnKey: '',
        actionOnEmptyResult: true,
        bargeIn: true,
        hints: 'yes,no',
        language: 'en-US',
        prompts: [
          { verb: 'Play', url: 'https://app.test/a.wav', loop: 1, digits: '' },
          {
            verb: 'Say',
            text: 'Hello there.',
            voice: 'Google.en-US-Chirp3-HD-Leda',
            language: 'en-US',
            loop: 1,
          },
          { verb: 'Pause', seconds: 2 },
        ],
      },
      { verb: 'Redirect', url: '/again', method: 'GET' },
    ]);
  });

  it('has the defaults of the carrier', () => {
    expect(parseTwiml(response('<Gather/>')).verbs[0]).toMatchObject({
      dtmf: true,
      speech: false,
      action: undefined,
      timeoutSeconds: 5,
      numDigits: Number.POSITIVE_INFINITY,
      finishOnKey: '#',
      actionOnEmptyResult: false,
    });
  });

  it('knows verbs that it does not play', () => {
    expect(parseTwiml(response('<Dial><Queue>x</Queue></Dial><Pay/>')).verbs).toEqual([
      { verb: 'Unsupported', name: 'Dial(Queue)' },
      { verb: 'Unsupported', name: 'Pay' },
    ]);
  });

  const bad: { name: string; source: string; code: number; message: string }[] = [
    { name: 'broken XML', source: '<Response>', code: 12100, message: 'not closed' },
    { name: 'another root', source: '<Speak/>', code: 12100, message: 'not <Response>' },
    { name: 'JSON', source: '{"a":1}', code: 12100, message: 'Expected an element' },
    ...[
      ['no number', '<Dial><Number>1</Number></Dial>', 13224, 'cannot be dialled'],
      [
        'a strange caller id',
        '<Dial callerId="x"><Number>+14155550123</Number></Dial>',
        13214,
        'no number of this account',
      ],
      ['nobody to dial', '<Dial/>', 12200, 'needs 1 to 10 numbers'],
      ['two things to start', '<Start><Recording/><Recording/></Start>', 12200, 'exactly one'],
      ['an empty record with text', '<Record>x</Record>', 12200, 'Text is not allowed'],
      ['unknown verb', '<Shout>x</Shout>', 12200, '<Shout> is not a verb'],
      ['verb in small letters', '<say>x</say>', 12200, '<say> is not a verb'],
      ['unknown attribute', '<Say speed="2">x</Say>', 12200, 'Attribute speed is not allowed'],
      ['nesting', '<Gather><Redirect>/x</Redirect></Gather>', 12200, 'inside <Gather>'],
      ['gather in gather', '<Gather><Gather/></Gather>', 12200, 'inside <Gather>'],
      ['verb in play', '<Play><Say>x</Say></Play>', 12200, 'inside <Play>'],
      ['loose text', 'hello', 12200, 'Text is not allowed in <Response>'],
      ['empty say', '<Say> </Say>', 13520, '1 to 4096'],
      ['long say', `<Say>${'x'.repeat(4097)}</Say>`, 13520, '1 to 4096'],
      ['empty play', '<Play/>', 12200, 'no URL'],
      ['input', '<Gather input="voice"/>', 12200, 'dtmf and speech'],
      ['timeout', '<Gather timeout="auto"/>', 12200, 'a whole number'],
      ['key', '<Gather finishOnKey="12"/>', 12200, 'one key or empty'],
      ['flag', '<Gather actionOnEmptyResult="yes"/>', 12200, 'true or false'],
      ['method', '<Redirect method="PUT">/x</Redirect>', 12200, 'GET or POST'],
      ['late reject', '<Say>x</Say><Reject/>', 12200, 'must be the first verb'],
      ['child of pause', '<Pause><Say>x</Say></Pause>', 12200, 'inside <Pause>'],
    ].map(([name, inner, code, message]) => ({
      name: String(name),
      source: response(String(inner)),
      code: Number(code),
      message: String(message),
    })),
  ];
  it.each(bad)('refuses $name', ({ source, code, message }) => {
    const error = catchError(() => parseTwiml(source));
    expect(error).toBeInstanceOf(TwimlError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

function catchError(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
