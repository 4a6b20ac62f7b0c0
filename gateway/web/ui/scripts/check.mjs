// What has to hold of the pages, in the folder they were built in: node scripts/check.mjs types|unit
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';

const tsc = ['node_modules/typescript/bin/tsc'];
const run = (...given) => spawnSync(process.execPath, given, { stdio: 'inherit' }).status ?? 1;

function unit() {
  rmSync('built-tests', { recursive: true, force: true });
  const built = run(...tsc, '--outDir', 'built-tests', '--rootDir', '.', '--declaration', 'false');
  if (built !== 0) return built;
  const tests = readdirSync('built-tests/tests').filter((name) => name.endsWith('.test.js')).map((name) => `built-tests/tests/${name}`);
  return run('--test', ...tests);
}

const checks = { types: () => run(...tsc, '--noEmit'), unit };
const wanted = checks[process.argv[2]];
if (!wanted) throw new Error(`one of ${Object.keys(checks).join(', ')}`);
process.exit(wanted());
