import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pathOf, scaleOf, timeSplits, valueSplits } from '../src/text/plot.ts';

const same = (value: number): number => value;

test('a scale goes from one end to the other, and upwards where the foot is lower', () => {
  assert.deepEqual([100, 130, 160].map(scaleOf({ low: 100, high: 160 }, 90, 690)), [90, 390, 690]);
  assert.deepEqual([0, 500, 1000].map(scaleOf({ low: 0, high: 1000 }, 150, 10)), [150, 80, 10]);
});

test('labels of times stand at round times with room between them', () => {
  for (const [span, size, step] of [[60, 600, 10], [60, 160, 60], [1800, 600, 300], [1800, 200, 1200]] as const) {
    const range = { low: 1007, high: 1007 + span }, scale = scaleOf(range, 0, size);
    const found = timeSplits(range, size, 90, scale);
    assert.ok(found.length >= 1, `${span} ${size}`);
    assert.ok(found.every(({ value, place }) => value % step === 0 && value >= range.low && value <= range.high && place === scale(value)), `${span} ${size}`);
    for (const [n, { place }] of found.slice(1).entries()) assert.ok(place - (found[n]?.place ?? 0) >= 90 - 1e-6);
  }
});

test('labels of values are few and begin with 1, 2 or 5', () => {
  assert.deepEqual(valueSplits({ low: 0, high: 1000 }, 4, same).map((one) => one.value), [0, 500, 1000]);
  assert.deepEqual(valueSplits({ low: 0, high: 2_200_000 }, 4, same).map((one) => one.value), [0, 1_000_000, 2_000_000]);
  for (const high of [1234, 45_678, 9.9e8]) assert.ok(valueSplits({ low: 0, high }, 4, same).length <= 5);
});

test('what nobody knows is a gap, and one value alone is seen', () => {
  assert.equal(pathOf([0, 2, 4, 6, 8], [1, 2, null, 3, null], same, same), 'M0.0 1.0L2.0 2.0M6.0 3.0h0');
  assert.equal(pathOf([0, 2], [null, null], same, same), '');
});
