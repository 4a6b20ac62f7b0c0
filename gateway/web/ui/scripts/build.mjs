// Builds the pages and makes of them a table in C++: node scripts/build.mjs SOURCE CONTRACT WORK OUT.cpp
// Works in WORK alone; packages come from the lock file, and again only when it changes.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const [source, contract, work, out] = process.argv.slice(2);
const notCopied = new Set(['node_modules', 'dist', 'built-tests', 'generated.ts']);
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' };

function fail(words, said) {
  process.stderr.write(`${said ?? ''}\nThe pages of the web UI could not be built: ${words}\n`);
  process.exit(1);
}

function run(words, command, ...given) {
  const done = spawnSync(command, given, { cwd: work, encoding: 'utf8' });
  if (done.status !== 0) fail(words, `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`);
}

const digestOf = (octets) => createHash('sha256').update(octets).digest('hex');

function copySources() {
  mkdirSync(work, { recursive: true });
  for (const name of ['src', 'tests', 'scripts', 'dist']) rmSync(join(work, name), { recursive: true, force: true });
  cpSync(source, work, { recursive: true, filter: (path) => !notCopied.has(basename(path)) });
}

function installPackages() {
  const lock = digestOf(readFileSync(join(work, 'package-lock.json'))), stamp = join(work, 'node_modules', '.lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  run('`npm ci` could not get the packages of gateway/web/ui/package-lock.json. They come over the network, or from npm\'s cache once they were there.',
    'npm', 'ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund');
  writeFileSync(stamp, lock);
}

function filesBeneath(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name))).sort();
}

/** Zipped with nothing of the day or the machine in it. */
function fileAt(path) {
  const octets = gzipSync(readFileSync(join(work, 'dist', path)), { level: 9 });
  octets[9] = 255;  // of an unknown system (RFC 1952)
  const ending = path.slice(path.lastIndexOf('.'));
  if (!(ending in types)) fail(`${path} is of a kind that has no content type`);
  return { path: path === 'index.html' ? '/' : `/${path}`, type: types[ending], octets, isHashed: path.startsWith('assets/') };
}

function inCpp(files) {
  const arrays = files.map(({ octets }, at) => `constexpr std::uint8_t kOctets${at}[] = {${[...octets].join(',').replace(/(.{110}\d*,)/g, '$1\n')}};`);
  const rows = files.map(({ path, type, octets, isHashed }, at) =>
    `    {"${path}", "${type}", "\\"${digestOf(octets).slice(0, 32)}\\"", kOctets${at}, ${isHashed}},`);
  return ['#include "web/ui_files.h"', '', 'namespace gw::web {', 'namespace {', '', ...arrays, '', 'constexpr UiFile kFiles[] = {', ...rows, '};', '',
    '}  // namespace', '', 'std::span<const UiFile> ui_files() { return kFiles; }', '', '}  // namespace gw::web', ''].join('\n');
}

copySources();
installPackages();
run('the contract could not be read.', process.execPath, 'scripts/api_types.mjs', contract, 'src/api/generated.ts');
run('vite says why.', process.execPath, 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn');
writeFileSync(out, inCpp(filesBeneath(join(work, 'dist')).map(fileAt)));
