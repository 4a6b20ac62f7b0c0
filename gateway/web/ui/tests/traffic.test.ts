import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Traffic, minutesOf } from '../src/text/traffic.ts';

const row = (session: number, up: number, down: number, tenant = 'karte') => ({ tenant, session, bytes_up: up, bytes_down: down });

test('what a session had before anybody looked counts for nothing, and what it brings from then on does', () => {
  const traffic = new Traffic();
  traffic.take([row(1, 5000, 9000)]);
  traffic.sample(100);
  traffic.take([row(1, 5200, 9100)]);
  traffic.sample(102);
  assert.deepEqual(traffic.samples, [{ at: 100, up: null, down: null }, { at: 102, up: 100, down: 50 }]);
});

test('sessions come and go, and those of two tenants are two', () => {
  const traffic = new Traffic();
  traffic.take([row(1, 10, 10)]);
  traffic.sample(100);
  traffic.take([row(1, 10, 10, 'imaging'), row(2, 30, 0)]);
  traffic.sample(101);
  traffic.take([]);
  traffic.sample(102);
  assert.deepEqual(traffic.samples.slice(1), [{ at: 101, up: 40, down: 10 }, { at: 102, up: 0, down: 0 }]);
});

test('a pause is a gap and no slow second', () => {
  const traffic = new Traffic();
  for (const at of [100, 102, 160, 162]) traffic.take([row(1, at * 10, 0)]), traffic.sample(at);
  assert.deepEqual(traffic.samples.map((one) => one.up), [null, 10, null, 10]);
});

test('half an hour is kept', () => {
  const traffic = new Traffic();
  for (let at = 2; at < 4000; at += 2) traffic.sample(at);
  assert.equal(traffic.samples.length, 900);
  assert.equal(traffic.samples.at(-1)?.at, 3998);
});

test('minutes are means of what was looked at, the newest first', () => {
  const given = [{ at: 60, up: null, down: null }, { at: 62, up: 10, down: 1 }, { at: 64, up: 20, down: 3 }, { at: 121, up: 5, down: 5 }];
  assert.deepEqual(minutesOf(given), [{ at: 120, up: 5, down: 5 }, { at: 60, up: 15, down: 2 }]);
});
