import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const most = 140_000;  // octets, zipped, of all that a browser loads in one language
const files = (readdirSync('dist', { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

test('all that a browser loads is small', () => {
  const zipped = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
  const texts = files.filter((file) => /texts-(ja|en)-/.test(file)), others = files.filter((file) => !texts.includes(file));
  assert.equal(texts.length, 2);
  const size = others.reduce((sum, file) => sum + zipped(file), 0) + Math.max(...texts.map(zipped));
  assert.ok(size <= most, `${size} octets`);
  assert.ok(files.length >= 4);
});

test('a page has nothing inline and asks nobody else', () => {
  const page = readFileSync('dist/index.html', 'utf8');
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/);
  for (const file of files) {
    const elsewhere = [...readFileSync(file, 'utf8').matchAll(/https?:\/\/[\w.-]+/g)].map(String).filter((url) => !/^http:\/\/www\.w3\.org$/.test(url));
    assert.deepEqual(elsewhere, [], file);
  }
});
