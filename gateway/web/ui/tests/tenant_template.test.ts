import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isHost, isName, isPem, kinds, namesIn, withTenant, type Wanted } from '../src/text/tenant_template.ts';

const [https, dicom] = kinds;
assert.ok(https && dicom);
const wanted: Wanted = { kind: https, tenant: 'karte', service: 'emr', address: '10.21.1.1', port: 8443, name: 'emr.box.example', cloud: 'emr.cloud.example', cloudPort: 443,
  terminals: ['reception-1', 'ward-2'] };
const block = `  - name: karte
    terminal_anchors: pki/karte/terminal-ca.pem
    terminals:
      - {name: reception-1}
      - {name: ward-2}
    identities:
      - {name: emr-box, key: p256}
      - {name: emr-client, key: p256}
    services:
      - name: emr
        downstream: {server_names: [emr.box.example], identity: emr-box}
        upstream:
          server_name: emr.cloud.example
          port: 443
          identity: emr-client
          anchors: pki/karte/emr-cloud-ca.pem
    listeners:
      - {name: emr, address: 10.21.1.1, port: 8443, services: [emr]}
    rules:
      - {name: all-use-emr, terminals: [reception-1, ward-2], service: emr}
`;

test('the first tenant stands where none was', () => {
  assert.equal(withTenant('version: 1\nsite: s\n', wanted), `version: 1\nsite: s\n\ntenants:\n${block}`);
  assert.equal(withTenant('version: 1\ntenants: []\nmanagement:\n  port: 1\n', wanted), `version: 1\ntenants:\n${block}management:\n  port: 1\n`);
});

test('another stands behind those that are there, and nothing else is touched', () => {
  const before = 'tenants:\n  # the first\n  - name: a\n    terminals: []\n', after = '\n# Where browsers come in\nmanagement:\n  port: 443\n';
  assert.equal(withTenant(before + after, wanted), `${before}\n${block}${after}`);
  assert.equal(withTenant(before, wanted), `${before}\n${block}`);
});

test('it takes the indent that is there', () => {
  const flush = withTenant('tenants:\n- name: a\n  terminals: []\nbackup:\n', wanted) ?? '';
  assert.ok(flush.startsWith('tenants:\n- name: a\n  terminals: []\n\n- name: karte\n  terminal_anchors:'));
  assert.ok(flush.endsWith('\nbackup:\n'));
});

test('an image archive is asked for by no name and waits longer', () => {
  const text = withTenant('version: 1\n', { ...wanted, kind: dicom, address: 'fd00::1' }) ?? '';
  assert.match(text, /downstream: \{identity: emr-box\}/);
  assert.match(text, /limits: \{idle: 30 min\}/);
  assert.match(text, /address: "fd00::1"/);
});

test('a service that keeps its own TLS needs nothing to judge the cloud by', () => {
  const portal = kinds.find((one) => one.keepsItsTls);
  assert.ok(portal);
  const text = withTenant('version: 1\n', { ...wanted, kind: portal }) ?? '';
  assert.match(text, / {4}- name: emr\n {8}mode: wrap\n {8}downstream: \{server_names: \[emr\.box\.example\], identity: emr-box\}\n {8}upstream:\n {10}server_name: emr\.cloud\.example\n {10}port: 443\n {4}listeners:/);
  assert.doesNotMatch(text, /emr-client|cloud-ca/);
});

test('a configuration that is not written in lines is left alone', () => {
  assert.equal(withTenant('{"version": 1}', wanted), null);
});

test('names, hosts and certificates are known by their form', () => {
  assert.deepEqual(['karte', 'ct-1', '-a', 'A', 'a b', '', 'a'.repeat(64), 'x: y'].map(isName), [true, true, false, false, false, false, false, false]);
  assert.deepEqual(['emr.cloud.example', 'emr', '1.2.3.4', 'a..b.example', 'a.example ', 'emr.example, x'].map(isHost), [true, false, false, false, false, false]);
  assert.deepEqual(namesIn('reception-1, ward-2\nward-2  lab-1'), ['reception-1', 'ward-2', 'lab-1']);
  const pem = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n';
  assert.deepEqual([pem, 'x', `${pem}-----BEGIN ${'PRIVATE'} KEY-----`].map(isPem), [true, false, false]);
});
