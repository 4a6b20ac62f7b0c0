import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Traffic, minutesOf } from '../src/text/traffic.ts';

const row = (session: number, up: number, down: number, tenant = 'karte') => ({ tenant, session, bytes_up: up, bytes_down: down });

const looked = (traffic: Traffic, at: number, ...rows: ReturnType<typeof row>[]): void => (traffic.take(rows), traffic.sample(at, true));

test('what a session had before anybody looked counts for nothing, and what it brings from then on does', () => {
  const traffic = new Traffic();
  looked(traffic, 100, row(1, 5000, 9000));
  looked(traffic, 102, row(1, 5200, 9100));
  assert.deepEqual(traffic.samples, [{ at: 100, up: null, down: null }, { at: 102, up: 100, down: 50 }]);
});

test('sessions come and go, and those of two tenants are two', () => {
  const traffic = new Traffic();
  looked(traffic, 100, row(1, 10, 10));
  looked(traffic, 101);
  looked(traffic, 102, row(1, 10, 10, 'imaging'), row(2, 30, 0));
  looked(traffic, 103);
  assert.deepEqual(traffic.samples.slice(1).map((one) => one.up), [0, 40, 0]);
});

test('where nothing new is told nothing has passed', () => {
  const traffic = new Traffic();
  looked(traffic, 100, row(1, 10, 0));
  for (const at of [102, 104]) traffic.sample(at, true);
  assert.deepEqual(traffic.samples.map((one) => one.up), [null, 0, 0]);
});

test('what passed while nobody looked is of no second, whichever comes first afterwards', () => {
  for (const isTakenFirst of [true, false]) {
    const traffic = new Traffic();
    looked(traffic, 100, row(1, 1000, 0));
    looked(traffic, 102, row(1, 1020, 0));
    if (isTakenFirst) traffic.take([row(1, 9000, 0)]);
    traffic.sample(200, true);
    if (!isTakenFirst) traffic.take([row(1, 9000, 0)]);
    looked(traffic, 202, row(1, 9000, 0));
    looked(traffic, 204, row(1, 9010, 0));
    assert.deepEqual(traffic.samples.map((one) => one.up), [null, 10, null, null, 5]);
  }
});

test('while the box cannot be heard nothing is known', () => {
  const traffic = new Traffic();
  looked(traffic, 100, row(1, 10, 0));
  for (const at of [102, 104]) traffic.sample(at, false);
  looked(traffic, 106, row(1, 9000, 0));
  looked(traffic, 108, row(1, 9002, 0));
  assert.deepEqual(traffic.samples.map((one) => one.up), [null, null, null, null, 1]);
});

test('half an hour is kept', () => {
  const traffic = new Traffic();
  for (let at = 2; at < 4000; at += 2) looked(traffic, at);
  assert.equal(traffic.samples.length, 900);
  assert.equal(traffic.samples.at(-1)?.at, 3998);
});

test('minutes are means of what was looked at, the newest first', () => {
  const given = [{ at: 60, up: null, down: null }, { at: 62, up: 10, down: 1 }, { at: 64, up: 20, down: 3 }, { at: 121, up: 5, down: 5 }];
  assert.deepEqual(minutesOf(given), [{ at: 120, up: 5, down: 5 }, { at: 60, up: 15, down: 2 }]);
});
