// What the box's API takes and answers, as TypeScript: node scripts/api_types.mjs OPENAPI.json OUT.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [from, to] = process.argv.slice(2);
const contract = JSON.parse(readFileSync(from, 'utf8'));

const quoted = (text) => JSON.stringify(text);
const last = (reference) => reference.split('/').at(-1);

function typeOf(schema) {
  if (schema.$ref) return `Schemas[${quoted(last(schema.$ref))}]`;
  if (schema.enum) return schema.enum.map(quoted).join(' | ');
  if (schema.type === 'array') return `readonly (${typeOf(schema.items)})[]`;
  if (schema.type === 'object') return objectOf(schema);
  if (schema.format === 'binary') return 'Blob';
  return { string: 'string', integer: 'number', number: 'number', boolean: 'boolean' }[schema.type] ?? unknown(schema);
}

function unknown(schema) {
  throw new Error(`the contract has a schema that has no type here: ${JSON.stringify(schema)}`);
}

function objectOf(schema) {
  const needed = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, member]) => `${quoted(name)}${needed.has(name) ? '' : '?'}: ${typeOf(member)}`);
  if (schema.additionalProperties === true) members.push('[more: string]: unknown');
  else if (typeof schema.additionalProperties === 'object') members.push(`[path: string]: ${typeOf(schema.additionalProperties)}`);
  return `{ ${members.join('; ')} }`;
}

function parametersOf(operation, place) {
  const found = (operation.parameters ?? []).filter((one) => one.in === place);
  const members = found.map((one) => `${quoted(one.name)}${one.required ? '' : '?'}: ${typeOf(one.schema)}`);
  return `{ ${members.join('; ')} }`;
}

function goodOf(operation) {
  return Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
}

function answerOf(operation) {
  const good = goodOf(operation);
  const content = Object.values(good.content ?? {})[0];
  return content ? typeOf(content.schema) : 'null';
}

function bodyOf(operation) {
  const content = operation.requestBody?.content['application/json'];
  return content ? typeOf(content.schema) : 'null';
}

const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })))
  .filter(({ operation }) => goodOf(operation));  // a WebSocket is not asked like the others
const repeatsOnce = (operation) => (operation.parameters ?? []).some((one) => one.name === 'Idempotency-Key');

const lines = [
  '// Made from the API\'s contract. Do not edit.',
  'export interface Schemas {',
  ...Object.entries(contract.components.schemas).map(([name, schema]) => `  ${quoted(name)}: ${typeOf(schema)};`),
  '}',
  'export interface Operations {',
  ...operations.map(({ operation }) => `  ${quoted(operation.operationId)}: { path: ${parametersOf(operation, 'path')}; ` +
    `query: ${parametersOf(operation, 'query')}; body: ${bodyOf(operation)}; answer: ${answerOf(operation)} };`),
  '}',
  '/** Method, path beneath the root, and whether it takes an Idempotency-Key. */',
  'export const operations: { readonly [Id in keyof Operations]: readonly [string, string, boolean] } = {',
  ...operations.map(({ path, method, operation }) =>
    `  ${quoted(operation.operationId)}: [${quoted(method)}, ${quoted(path)}, ${repeatsOnce(operation)}],`),
  '};',
  `export const root = ${quoted(contract.servers[0].url)};`,
  '',
];
mkdirSync(dirname(to), { recursive: true });
writeFileSync(to, lines.join('\n'));
