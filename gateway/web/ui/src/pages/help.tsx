import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { detectionKinds } from '../api/detections.ts';
import { advice } from '../api/problems.ts';
import { TextField } from '../parts/form.tsx';
import { Part } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { route } from '../state/route.ts';
import { normalised } from '../text/input.ts';
import { lightPatterns } from '../words/lights.ts';
import { t } from '../words/index.ts';
import type { Key } from '../words/index.ts';

interface Entry {
  readonly code: string;
  readonly care: string;
  readonly what: string;
}

/** Each code that these pages may show; nothing is asked of anybody. */
const entries = (): Entry[] => [
  ...Object.entries(advice).map(([code, [care, what]]) => ({ code, care: t(care), what: t(what) })),
  ...detectionKinds.map((kind) => ({ code: kind, care: `${t(`detected.${kind}`)}: ${t(`detected_care.${kind}`)}`, what: t(`detected_do.${kind}`) })),
];

type Light = keyof typeof lightPatterns;

/** What a clerk sees on the case, without any question to the box. */
function Lights(): JSX.Element {
  return (
    <Part title={t('help.lights')}>
      <p>{t('help.lights_intro')}</p>
      <Table title={t('help.lights')} rows={Object.keys(lightPatterns) as Light[]} keyOf={(light) => light} none={t('help.none')}
        columns={[
          { title: t('help.light_look'), cell: (light) => <>{t(`light.${light}_look` as Key)} <code aria-hidden="true">{lightPatterns[light].replaceAll('#', '■').replaceAll('.', '□')}</code></> },
          { title: t('help.light_is'), cell: (light) => t(`light.${light}` as Key) },
          { title: t('help.do'), cell: (light) => t(`light.${light}_do` as Key) },
        ]} />
    </Part>
  );
}

export function HelpPage(): JSX.Element {
  const typed = useSignal(route.value[1] ?? '');
  const wanted = normalised(typed.value).toLowerCase();
  const found = entries().filter((entry) => `${entry.code} ${entry.care} ${entry.what}`.toLowerCase().includes(wanted));
  return (
    <>
      <p>{t('help.intro')}</p>
      <div class="bar"><TextField label={t('help.search')} value={typed} type="search" most={64} /></div>
      <Part title={t('help.table')}>
        <p role="status">{t('help.found', { n: found.length })}</p>
        <Table title={t('help.table')} rows={found} keyOf={(row) => row.code} none={t('help.none')}
          columns={[
            { title: t('help.code'), cell: (row) => <code>{row.code}</code> },
            { title: t('help.care'), cell: (row) => row.care },
            { title: t('help.do'), cell: (row) => row.what },
          ]} />
      </Part>
      <Lights />
      <Part title={t('help.terms')}>
        <dl class="pairs">
          <dt>{t('help.term_tenant')}</dt><dd>{t('help.term_tenant_is')}</dd>
          <dt>{t('help.term_cut')}</dt><dd>{t('help.term_cut_is')}</dd>
          <dt>{t('help.term_confirm')}</dt><dd>{t('help.term_confirm_is')}</dd>
        </dl>
      </Part>
    </>
  );
}
