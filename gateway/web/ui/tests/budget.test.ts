import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const most = 160_000;  // octets, zipped, in all
const files = (readdirSync('dist', { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

test('all that a browser loads is small', () => {
  const size = files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
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
