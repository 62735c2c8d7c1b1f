import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import express from 'express';
import twilio from 'twilio';

/**
 * A webhook as it is usually built, written with care: the carrier's own middleware checks the
 * signature, prepared statements, one transaction a turn, WAL. It keeps a call's place in its
 * script, answers a repeated turn from the row it made, and writes an event of each.
 */
const { PORT = '', ORIGIN = '', AUTH_TOKEN = '', FOLDER = '' } = process.env;
const QUESTIONS = 8;

const db = new DatabaseSync(join(FOLDER, 'calls.db'));
db.exec(`
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE call (sid TEXT PRIMARY KEY, caller TEXT NOT NULL, node INTEGER NOT NULL, state TEXT NOT NULL);
CREATE TABLE turn (sid TEXT, nonce INTEGER, reply TEXT NOT NULL, PRIMARY KEY (sid, nonce));
CREATE TABLE event (id INTEGER PRIMARY KEY, sid TEXT NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE contact (number TEXT PRIMARY KEY, fields TEXT NOT NULL);
`);
const findContact = db.prepare('SELECT fields FROM contact WHERE number = ?');
const findCall = db.prepare('SELECT node, state FROM call WHERE sid = ?');
const addCall = db.prepare('INSERT INTO call (sid, caller, node, state) VALUES (?, ?, ?, ?)');
const moveCall = db.prepare('UPDATE call SET node = ?, state = ? WHERE sid = ?');
const findTurn = db.prepare('SELECT reply FROM turn WHERE sid = ? AND nonce = ?');
const addTurn = db.prepare('INSERT INTO turn (sid, nonce, reply) VALUES (?, ?, ?)');
const addEvent = db.prepare('INSERT INTO event (sid, at, type, detail) VALUES (?, ?, ?, ?)');

const app = express();
app.use(express.urlencoded({ extended: false }));
app.get('/health', (_request, response) => {
  response.send('ok');
});
app.use('/voice', (request, response, next) => {
  const signature = request.header('x-twilio-signature') ?? '';
  const url = `${ORIGIN}${request.originalUrl}`;
  if (twilio.validateRequest(AUTH_TOKEN, signature, url, request.body)) return next();
  response.status(403).send('Forbidden');
});
app.post('/voice/inbound', (request, response) => {
  response.type('text/xml').send(takeTurn(request.body, 0));
});
app.post('/voice/turn/:nonce', (request, response) => {
  response.type('text/xml').send(takeTurn(request.body, Number(request.params.nonce)));
});
app.listen(Number(PORT), '127.0.0.1');

function takeTurn(params: Readonly<Record<string, string>>, nonce: number): string {
  const { CallSid = '', From = '', Digits = '' } = params;
  const known = findTurn.get(CallSid, nonce);
  if (known !== undefined) return String(known.reply);
  db.exec('BEGIN IMMEDIATE');
  const call = findCall.get(CallSid);
  if (call === undefined) {
    const caller = findContact.get(From);
    addCall.run(CallSid, From, 0, JSON.stringify({ variables: caller?.fields ?? null }));
  }
  const node = call === undefined ? 0 : Number(call.node) + (Digits === '1' ? 1 : 0);
  const reply = ask(node, nonce + 1);
  addTurn.run(CallSid, nonce, reply);
  addEvent.run(CallSid, Date.now(), 'flow.entered', JSON.stringify({ node, digits: Digits }));
  moveCall.run(node, JSON.stringify({ lastDigits: Digits }), CallSid);
  db.exec('COMMIT');
  return reply;
}

function ask(node: number, nonce: number): string {
  const twiml = new twilio.twiml.VoiceResponse();
  if (node >= QUESTIONS) {
    twiml.say('Goodbye.');
    twiml.hangup();
    return twiml.toString();
  }
  const gather = twiml.gather({
    input: ['dtmf', 'speech'],
    action: `${ORIGIN}/voice/turn/${nonce}`,
    method: 'POST',
    numDigits: 1,
    actionOnEmptyResult: true,
  });
  gather.say(`Thank you for calling Harbour Dental. This is question ${node}. Press 1 to go on.`);
  return twiml.toString();
}
