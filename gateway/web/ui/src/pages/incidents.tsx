import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Check, Form, TextField } from '../parts/form.tsx';
import { Loaded, MarkView, Part, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { hashOf, route } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { instantOf, whenText } from '../text/format.ts';
import { t } from '../words/index.ts';
import { IncidentPage } from './incident.tsx';
import { ConcernFields, pick, usePicked } from './incident_concern.tsx';
import { DraftPage } from './incident_draft.tsx';

type Incident = Schemas['Incident'];
type Given = Schemas['Incidents'];
const pollEach = 30_000;  // milliseconds

/** The gravest of its clocks. */
function markOf(one: Incident): readonly [Mark, string] {
  const has = (standing: string): boolean => one.clocks.some((clock) => clock.standing === standing);
  if (one.is_closed) return ['plain', t('incidents.is_closed')];
  if (has('missed')) return ['bad', t('incidents.mark.missed')];
  return has('soon') ? ['warn', t('incidents.mark.soon')] : ['good', t('incidents.is_open')];
}

function Open({ given, again }: { given: Given; again: () => void }): JSX.Element {
  const title = useSignal(''), occurred = useSignal(''), detected = useSignal(''), clocks = usePicked(), services = usePicked(), kinds = usePicked(), isTried = useSignal(false);
  const error = title.value.trim() === '' ? t('app.missing') : undefined;
  const open = useAction<[]>(async () => {
    isTried.value = true;
    if (error) return;
    const began = instantOf(occurred.value), found = instantOf(detected.value);
    const made = await call('incident.open', { body: {
      title: title.value.trim(), ...(began !== undefined && { occurred: began }), ...(found !== undefined && { detected: found }), clocks: clocks.value, services: services.value, kinds: kinds.value } });
    if (made.ok) title.value = '', isTried.value = false, say(t('incidents.opened_said', { n: made.value.incident })), again();
    return made;
  });
  const shown = isTried.value ? error : undefined;
  return (
    <Part title={t('incidents.open')}>
      <Form action={open} errors={shown ? [`${t('incidents.what')}: ${shown}`] : []} submit={t('incidents.open_do')}>
        <TextField label={t('incidents.what')} help={t('incidents.title_help')} value={title} required plain most={128} error={shown} />
        <TextField label={t('incidents.occurred')} help={t('incidents.moment_help')} value={occurred} type="datetime-local" />
        <TextField label={t('incidents.detected')} help={t('incidents.moment_help')} value={detected} type="datetime-local" />
        <ConcernFields all={given.services} kinds={given.kinds} services={services} picked={kinds} />
        <fieldset>
          <legend>{t('incidents.clocks_pick')}</legend>
          {given.rules.map((rule) => (
            <Check key={rule.clock} label={language.value === 'ja' ? rule.japanese : rule.english} on={clocks.value.includes(rule.clock)} change={(on) => pick(clocks, rule.clock, on)} />
          ))}
        </fieldset>
      </Form>
    </Part>
  );
}

function ListPage(): JSX.Element {
  const load = useLoad('incident.list', {}, pollEach);
  return (
    <>
      <p>{t('incidents.intro')}</p>
      <Loaded load={load}>
        {(given) => (
          <>
            <Part title={t('incidents.table')}>
              <Table<Incident> title={t('incidents.table')} rows={given.incidents} keyOf={(row) => row.incident} none={t('incidents.none')}
                columns={[
                  { title: t('incidents.number'), cell: (row) => row.incident, isNumber: true },
                  { title: t('incidents.what'), cell: (row) => row.title },
                  { title: t('incidents.opened'), cell: (row) => whenText(row.opened, language.value) },
                  { title: t('incidents.state'), cell: (row) => { const [mark, words] = markOf(row); return <MarkView mark={mark} words={words} />; } },
                  { title: t('incidents.act'), isAction: true, cell: (row) => (
                    <a class="button" href={hashOf('incidents', row.incident)} aria-label={t('incidents.look_of', { n: row.incident })}>{t('incidents.look')}</a>
                  ) },
                ]} />
            </Part>
            {may('incident.keep') && <Open given={given} again={() => void load.again()} />}
          </>
        )}
      </Loaded>
    </>
  );
}

export function IncidentsPage(): JSX.Element {
  const number = Number(route.value[1]), draft = route.value[2];
  if (!Number.isInteger(number) || number <= 0) return <ListPage />;
  return draft === undefined ? <IncidentPage key={number} number={number} /> : <DraftPage key={draft} number={number} notice={draft} />;
}
