// A tenant with one service, written into a configuration's text the way a person would: behind the tenants that are there, and
// nothing else is touched. What it comes to is the compiler's to say.

export interface Kind {
  readonly id: string;
  readonly port: number;         // where terminals connect to
  readonly cloudPort: number;
  readonly idle: string | null;  // null: the box's usual time
  readonly asksByName: boolean;  // its clients say whom they want (SNI)
  readonly keepsItsTls: boolean;  // the box puts its own around (mode wrap), and needs nothing to judge the cloud by
}
export const kinds: readonly [Kind, ...Kind[]] = [
  { id: 'https', port: 8443, cloudPort: 443, idle: null, asksByName: true, keepsItsTls: false },
  { id: 'dicom', port: 2762, cloudPort: 2762, idle: '30 min', asksByName: false, keepsItsTls: false },
  { id: 'portal', port: 3129, cloudPort: 443, idle: null, asksByName: true, keepsItsTls: true },
  { id: 'hl7', port: 2575, cloudPort: 2575, idle: '1 h', asksByName: false, keepsItsTls: false },
];

export interface Wanted {
  readonly kind: Kind;
  readonly tenant: string;
  readonly service: string;
  readonly address: string;   // of the box, in the clinic
  readonly port: number;
  readonly name: string;      // by which terminals ask for it; of HTTPS alone
  readonly cloud: string;     // the name its certificate carries
  readonly cloudPort: number;
  readonly terminals: readonly string[];
}

export const isName = (text: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
export const isHost = (text: string): boolean => text.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(text);
export const namesIn = (text: string): readonly string[] => [...new Set(text.split(/[\s,]+/).filter((one) => one !== ''))];
export const isPem = (text: string): boolean => /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text) && !text.includes('PRIVATE KEY');

/** Where the certificates lie that people bring along. */
export const terminalAnchors = (wanted: Wanted): string => `pki/${wanted.tenant}/terminal-ca.pem`;
export const cloudAnchors = (wanted: Wanted): string => `pki/${wanted.tenant}/${wanted.service}-cloud-ca.pem`;

function linesOf(wanted: Wanted): readonly string[] {
  const { kind, tenant, service } = wanted;
  return [
    `- name: ${tenant}`,
    `  terminal_anchors: ${terminalAnchors(wanted)}`,
    '  terminals:',
    ...wanted.terminals.map((name) => `    - {name: ${name}}`),
    '  identities:',
    `    - {name: ${service}-box, key: p256}`,
    ...(kind.keepsItsTls ? [] : [`    - {name: ${service}-client, key: p256}`]),
    '  services:',
    `    - name: ${service}`,
    ...(kind.keepsItsTls ? ['      mode: wrap'] : []),
    `      downstream: {${kind.asksByName ? `server_names: [${wanted.name}], ` : ''}identity: ${service}-box}`,
    '      upstream:',
    `        server_name: ${wanted.cloud}`,
    `        port: ${wanted.cloudPort}`,
    ...(kind.keepsItsTls ? [] : [`        identity: ${service}-client`, `        anchors: ${cloudAnchors(wanted)}`]),
    ...(kind.idle === null ? [] : [`      limits: {idle: ${kind.idle}}`]),
    '  listeners:',
    `    - {name: ${service}, address: ${wanted.address.includes(':') ? `"${wanted.address}"` : wanted.address}, port: ${wanted.port}, services: [${service}]}`,
    '  rules:',
    `    - {name: all-use-${service}, terminals: [${wanted.terminals.join(', ')}], service: ${service}}`,
  ];
}

/** The configuration with it. Null: it is not written in lines, a key each, so that nobody can say where it belongs. */
export function withTenant(text: string, wanted: Wanted): string | null {
  if (/^\s*\{/.test(text)) return null;
  const lines = text.replace(/\n*$/, '').split('\n'), head = lines.findIndex((line) => /^tenants:/.test(line));
  const block = (indent: string): string[] => linesOf(wanted).map((line) => indent + line);
  if (head < 0) return [...lines.filter((line, at) => at > 0 || line !== ''), '', 'tenants:', ...block('  '), ''].join('\n');
  const next = lines.findIndex((line, at) => at > head && /^[^\s#-]/.test(line));
  let end = next < 0 ? lines.length : next;
  while (end > head + 1 && /^(#.*|\s*)$/.test(lines[end - 1] ?? '')) end -= 1;
  const indent = /^(\s*)- /.exec(lines.slice(head + 1, end).find((line) => /^\s*- /.test(line)) ?? '  - ')?.[1] ?? '  ';
  const isEmpty = end === head + 1;
  return [...lines.slice(0, head), isEmpty ? 'tenants:' : lines[head] ?? '', ...lines.slice(head + 1, end), ...(isEmpty ? [] : ['']), ...block(indent), ...lines.slice(end), ''].join('\n');
}
