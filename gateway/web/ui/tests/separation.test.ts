import assert from 'node:assert/strict';
import { test } from 'node:test';

import { sharedSegments, sidesOf, towardOf, verdictOf, wallOf, wallsOf, worse } from '../src/text/separation.ts';

const door = (tenant: string, segment: string) => ({ tenant, segment, listener: 'raw', address: '10.11.1.1', port: 9000, services: ['raw'] });
const rules = { rules: [], doors: [door('karte', 'lan0'), door('imaging', 'lan1')] };
const tried = (tenant: string, words: string, outcome: string) => ({ tenant, tried: words, outcome, way: 'W1', place: 'proxyd', evidence: '' });
const cases = [tried('karte', 'tcp to 10.12.1.1:9000, listener of imaging', 'held'), tried('karte', 'udp to 203.0.113.21:9000, cloud of imaging', 'held'),
  tried('imaging', 'tcp to 10.11.1.1:9000, listener of karte', 'broken'), tried('imaging', 'make_tcp_socket', 'held')];

test('what was tried toward another tenant is told from what was tried elsewhere', () => {
  assert.deepEqual(['tcp to 10.12.1.1:9000, listener of imaging', 'udp to [2001:db8::1]:53, cloud of karte-2', 'make_tcp_socket',
    'tcp to 192.0.2.1:443, the Internet'].map(towardOf), ['imaging', 'karte-2', '', '']);
});

test('a wall holds only if something was tried and all of it held', () => {
  assert.deepEqual([[], ['held', 'held'], ['held', 'unproven'], ['unproven', 'broken']].map((outcomes) => verdictOf(outcomes.map((outcome) => ({ outcome })))),
    ['untried', 'held', 'unproven', 'broken']);
});

test('each way between two tenants has its own proof, and a wall holds as the worse of them', () => {
  assert.deepEqual(wallsOf(['imaging', 'karte'], cases).map((wall) => `${wall.from} ${wall.to} ${wall.held} ${wall.trials}`),
    ['imaging karte broken 1', 'karte imaging held 2']);
  assert.equal(worse(wallOf('karte', 'imaging', cases), wallOf('imaging', 'karte', cases)), 'broken');
  assert.equal(wallOf('karte', 'imaging', []).held, 'untried');
});

test('each tenant has its own terminals, listeners and trials', () => {
  const terminal = { tenant: 'karte', terminal: 'desk-1', standing: 'known', configured: true, blocked_certificates: [] };
  const sides = sidesOf(rules, [terminal, { ...terminal, terminal: 'gone', configured: false }], cases);
  assert.deepEqual(sides.map((side) => side.tenant), ['imaging', 'karte']);
  assert.deepEqual(sides[1]?.terminals, ['desk-1']);
  assert.deepEqual(sides[0]?.counts, { held: 1, broken: 1, unproven: 0 });
  assert.deepEqual(sharedSegments(sides), []);
  assert.deepEqual(sharedSegments(sidesOf({ rules: [], doors: [door('a', 'lan0'), door('b', 'lan0')] }, [], [])), ['lan0']);
});
