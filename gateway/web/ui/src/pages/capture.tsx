import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call, placeOf } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Button, Form, SelectField, TextField } from '../parts/form.tsx';
import { Loaded, Notice, Pairs, Part, ProblemView } from '../parts/notice.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { numberText, octetsText, whenText } from '../text/format.ts';
import { normalised, portOf } from '../text/input.ts';
import { t, type Key } from '../words/index.ts';

type Capture = Schemas['Capture'];
const pollEach = 2000;  // milliseconds
const spans = [10, 30, 60, 120] as const;  // seconds

function Verdict({ given }: { given: Capture }): JSX.Element | null {
  if (given.began === undefined) return null;
  if (given.under_way) return <Notice mark="unknown" live><p>{t('capture.running', { interface: given.interface ?? '', n: given.seconds ?? 0 })}</p></Notice>;
  if (given.problem !== undefined) return <Notice mark="bad" live><p>{t('capture.failed')} <span lang="en">{given.problem}</span></p></Notice>;
  const words = t('capture.done', { n: numberText(given.frames ?? 0), time: whenText(given.ended ?? given.began, language.value) });
  if (given.full === true) return <Notice mark="warn" live><p>{words} {t('capture.full')}</p></Notice>;
  return <Notice mark={(given.missed ?? 0) > 0 ? 'warn' : 'good'} live><p>{words}{(given.missed ?? 0) > 0 && ` ${t('capture.missed', { n: numberText(given.missed ?? 0) })}`}</p></Notice>;
}

/** What was recorded last, to be taken along while it is there. */
function Last({ given }: { given: Capture }): JSX.Element | null {
  if (given.size === undefined) return given.began !== undefined && !given.under_way && given.problem === undefined ? <p>{t('capture.gone')}</p> : null;
  return (
    <>
      <Pairs rows={[
        [t('capture.interface'), <code>{given.interface}</code>],
        given.host !== undefined && [t('capture.host'), given.host],
        given.port !== undefined && [t('capture.port'), String(given.port)],
        [t('support.by'), given.by],
        given.until !== undefined && [t('support.until'), whenText(given.until, language.value)],
        [t('support.size'), octetsText(given.size)],
        ['SHA-256', <code>{given.sha256}</code>],
      ]} />
      <div class="buttons"><a class="button main" download href={placeOf('captures.file')}>{t('capture.download')}</a></div>
    </>
  );
}

function Wish({ ports, again }: { ports: Schemas['Network']['ports']; again: () => Promise<void> }): JSX.Element {
  const port = useSignal(ports[0]?.interface ?? ''), seconds = useSignal(String(spans[1])), host = useSignal(''), number = useSignal(''), reason = useSignal('');
  const isTried = useSignal(false), parsed = portOf(number.value);
  const errors = [
    number.value !== '' && parsed === null && t('capture.port_wrong'),
    reason.value.trim() === '' && t('capture.reason_missing'),
  ].filter((one) => one !== false);
  const action = useAction<[]>(async () => {
    isTried.value = true;
    if (errors.length > 0) return;
    const said = await call('captures.make', { body: { interface: port.value, seconds: Number(seconds.value), reason: reason.value.trim(),
      ...(host.value !== '' && { host: normalised(host.value) }), ...(parsed !== null && { port: parsed }) } });
    if (said.ok) isTried.value = false, await again();
    return said;
  });
  return (
    <Form action={action} errors={isTried.value ? errors : []} submit={t('capture.start')} kind="plain">
      <SelectField label={t('capture.interface')} value={port} choices={ports.map((one) => ({ value: one.interface, label: `${one.interface} (${t(`net_side.${one.side}` as Key, { segment: one.segment })})` }))} />
      <SelectField label={t('capture.seconds')} value={seconds} choices={spans.map((one) => ({ value: String(one), label: t('capture.seconds_n', { n: one }) }))} />
      <TextField label={t('capture.host')} value={host} most={45} help={t('capture.host_help')} />
      <TextField label={t('capture.port')} value={number} most={5} numeric help={t('capture.port_help')} />
      <TextField label={t('capture.reason')} value={reason} required plain most={128} help={t('capture.reason_help')} />
    </Form>
  );
}

/** The heads of packets, for whoever looks for a fault in the network (DEM-03). */
export function CapturePart(): JSX.Element {
  const load = useLoad('captures.show', {}, pollEach), network = useLoad('network.show', {});
  const stop = useAction<[]>(async () => {
    const said = await call('captures.stop', {});
    if (said.ok) await load.again();
    return said;
  });
  return (
    <Part title={t('capture.title')}>
      <p>{t('capture.intro')}</p>
      <Loaded load={load}>
        {(given) => (
          <>
            <Verdict given={given} />
            <Last given={given} />
            <ProblemView problem={stop.problem.value} />
            {given.under_way ? <div class="buttons"><Button busy={stop.isBusy.value} onClick={() => void stop.run()}>{t('capture.stop')}</Button></div>
              : <Loaded load={network}>{({ ports }) => <><h3>{t('capture.new')}</h3><Wish ports={ports} again={load.again} /></>}</Loaded>}
          </>
        )}
      </Loaded>
    </Part>
  );
}
