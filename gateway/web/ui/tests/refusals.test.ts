import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { isOfBox, remedies, remedyFor, subjectOf } from '../src/api/refusals.ts';
import { words } from '../src/words/table.ts';

const product = process.env['GW_SOURCE_DIR'] ?? '../../..';
const textOf = (file: string): string => readFileSync(join(product, 'gateway', file), 'utf8');
const first = (file: string, row: RegExp): string[] => [...textOf(file).matchAll(row)].map((match) => match[1] ?? '');

/** Everything that a refusal of the box may have as its reason, or as its event. */
function subjects(): string[] {
  const events = new Map([...textOf('base/events.def').matchAll(/^GW_EVENT\((\w+),\s*"([^"]+)"/gm)].map((match) => [match[1] ?? '', match[2] ?? '']));
  const counted = first('control/refusals.cpp', /^\s+\{EventId::\w+, EventId::(\w+), /gm).map((name) => events.get(name) ?? name);
  const all = [first('model/close_reasons.def', /^GW_REASON\(\w+,\s*"([^"]+)"/gm), first('model/findings.def', /^GW_FINDING\(\w+,\s*"([^"]+)"/gm),
    first('net/refusal.h', /^\s+\{"(\w+)", "/gm), counted];
  for (const one of all) assert.ok(one.length >= 10);
  return [...new Set(all.flat())];
}

test('each reason and each event of a refusal has its meaning and what to do, and nothing else has', () => {
  const wanted = subjects().sort();
  assert.deepEqual(Object.keys(remedies).sort(), wanted);
  assert.deepEqual(Object.keys(words).filter((key) => key.startsWith('why.')).map((key) => key.slice(4)).sort(), wanted);
});

test('a refusal is told by its reason, and by its event where that is no reason of the list', () => {
  assert.equal(subjectOf('session.refused', 'certificate_expired'), 'certificate_expired');
  assert.equal(subjectOf('session.refused', ''), 'session.refused');
  assert.equal(subjectOf('packet.refused', 'spoofed'), 'spoofed');
  assert.equal(subjectOf('web.no_session', 'tls_version'), 'web.no_session', 'it was no terminal');
  assert.equal(subjectOf('enrolment.refused', 'ticket.unknown'), 'enrolment.refused');
});

test('what the box itself was kept from is no alarm about a device', () => {
  assert.equal(remedyFor('scan.addresses', 'not_permitted'), 'remedy.own_proof', 'its proof of isolation tries one address after the other');
  assert.equal(remedyFor('scan.addresses', 'not_listening'), 'remedy.scan');
  assert.ok(isOfBox('packet.refused', 'outgoing'));
  assert.ok(!isOfBox('session.refused', 'outgoing'));
  assert.equal(remedyFor('something.new', ''), 'remedy.call');
});
