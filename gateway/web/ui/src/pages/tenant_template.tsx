import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { Field, Form, SelectField, TextField } from '../parts/form.tsx';
import { Loaded } from '../parts/notice.tsx';
import { useAction, useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { normalised, portOf } from '../text/input.ts';
import { cloudAnchors, isHost, isName, isPem, kinds, namesIn, terminalAnchors, withTenant, type Wanted } from '../text/tenant_template.ts';
import { t, wordOf } from '../words/index.ts';

export interface Attached {
  readonly path: string;
  readonly name: string;
  readonly content: string;
}
export const mostFile = 262_144;  // octets

function PemField({ label, help, file }: { label: string; help: string; file: Signal<Attached | null> }): JSX.Element {
  const take = async (list: FileList | null): Promise<void> => {
    const [given] = list ?? [];
    file.value = given && given.size <= mostFile ? { path: '', name: given.name, content: await given.text() } : null;
  };
  return (
    <Field label={label} help={help} required>
      {(ids) => <input {...ids} type="file" accept=".pem,.crt,.cer" onChange={(event) => void take(event.currentTarget.files)} />}
    </Field>
  );
}

const tidy = (given: Signal<string>): string => normalised(given.value).toLowerCase();

/** What is wrong with it, in the order of the fields. */
function wrongsOf(wanted: Wanted, files: readonly (Attached | null)[]): readonly string[] {
  const found = [
    !isName(wanted.tenant) && t('template.tenant_wrong'),
    !isName(wanted.service) && t('template.service_wrong'),
    wanted.port === 0 && t('template.port_wrong'),
    wanted.kind.asksByName && !isHost(wanted.name) && t('template.name_wrong'),
    !isHost(wanted.cloud) && t('template.cloud_wrong'),
    wanted.cloudPort === 0 && t('template.cloud_port_wrong'),
    (wanted.terminals.length === 0 || !wanted.terminals.every(isName)) && t('template.terminals_wrong'),
    !files.every((file) => file !== null && isPem(file.content)) && t('template.files_wrong'),
  ];
  return found.filter((one) => one !== false);
}

function Blanks({ addresses, text, attach }: { addresses: readonly string[]; text: Signal<string>; attach: (files: readonly Attached[]) => void }): JSX.Element {
  const kindId = useSignal(kinds[0].id), address = useSignal(addresses[0] ?? ''), isTried = useSignal(false);
  const tenant = useSignal(''), service = useSignal(''), port = useSignal(''), name = useSignal(''), cloud = useSignal(''), cloudPort = useSignal(''), terminals = useSignal('');
  const terminalCa = useSignal<Attached | null>(null), cloudCa = useSignal<Attached | null>(null);
  const kind = kinds.find((one) => one.id === kindId.value) ?? kinds[0];
  const portIn = (given: Signal<string>, usual: number): number => (given.value.trim() === '' ? usual : portOf(given.value) ?? 0);
  const wanted: Wanted = { kind, tenant: tidy(tenant), service: tidy(service), address: address.value, port: portIn(port, kind.port), name: tidy(name),
    cloud: tidy(cloud), cloudPort: portIn(cloudPort, kind.cloudPort), terminals: namesIn(tidy(terminals)) };
  const more = withTenant(text.value, wanted);
  const needed = kind.keepsItsTls ? [terminalCa.value] : [terminalCa.value, cloudCa.value];
  const wrongs = [...wrongsOf(wanted, needed), ...(more === null ? [t('template.not_lines')] : [])];
  const action = useAction<[]>(async () => {
    isTried.value = true;
    if (wrongs.length > 0 || more === null) return;
    text.value = more;
    const paths = [terminalAnchors(wanted), cloudAnchors(wanted)];
    attach(needed.flatMap((file, at) => (file === null ? [] : [{ ...file, path: paths[at] ?? '' }])));
    say(t('template.added', { tenant: wanted.tenant }));
  });
  return (
    <Form action={action} errors={isTried.value ? wrongs : []} submit={t('template.add')} kind="plain">
      <SelectField label={t('template.kind')} value={kindId} choices={kinds.map((one) => ({ value: one.id, label: wordOf('template.kind', one.id) }))} />
      <TextField label={t('template.tenant')} help={t('template.tenant_help')} value={tenant} required most={63} />
      <SelectField label={t('template.address')} value={address} choices={addresses.map((one) => ({ value: one, label: one }))} />
      <TextField label={t('template.service')} help={t('template.service_help')} value={service} required most={63} />
      <TextField label={t('template.port')} help={t('template.usual', { n: kind.port })} value={port} numeric most={5} />
      {kind.asksByName && <TextField label={t('template.name')} help={t(kind.keepsItsTls ? 'template.proxy_help' : 'template.name_help')} value={name} required most={253} />}
      <TextField label={t('template.cloud')} help={t('template.cloud_help')} value={cloud} required most={253} />
      <TextField label={t('template.cloud_port')} help={t('template.usual', { n: kind.cloudPort })} value={cloudPort} numeric most={5} />
      <TextField label={t('template.terminals')} help={t('template.terminals_help')} value={terminals} required most={4000} lines={3} />
      <PemField label={t('template.terminal_ca')} help={t('template.terminal_ca_help')} file={terminalCa} />
      {!kind.keepsItsTls && <PemField label={t('template.cloud_ca')} help={t('template.cloud_ca_help')} file={cloudCa} />}
    </Form>
  );
}

/** Fills the blanks of a tenant into the text of a change. */
export function TenantTemplate({ text, attach }: { text: Signal<string>; attach: (files: readonly Attached[]) => void }): JSX.Element {
  const network = useLoad('network.show', {});
  return (
    <details>
      <summary>{t('template.title')}</summary>
      <p class="help">{t('template.help')}</p>
      <Loaded load={network}>
        {({ ports }) => <Blanks addresses={ports.filter((one) => one.side === 'lan').flatMap((one) => one.configured.map((prefix) => prefix.split('/')[0] ?? ''))} text={text} attach={attach} />}
      </Loaded>
    </details>
  );
}
