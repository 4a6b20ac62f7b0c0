import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Button } from '../parts/form.tsx';
import { Loaded, Notice, Pairs } from '../parts/notice.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';

type Connection = Schemas['Connection'];

/** By which rule a connection stands, and what else had to be right. */
export function WhyAllowed({ asked }: { asked: Signal<Connection | null> }): JSX.Element | null {
  return asked.value && <Why row={asked.value} close={() => void (asked.value = null)} />;
}

function Why({ row, close }: { row: Connection; close: () => void }): JSX.Element {
  const load = useLoad('rules.list', {});
  return (
    <Dialog title={t('why_allowed.title')} close={close}>
      <p>{t('why_allowed.certificate', { tenant: row.tenant, terminal: row.terminal })}</p>
      <p>{t('why_allowed.rule', { rule: row.rule, service: row.service })}</p>
      <Loaded load={load}>
        {({ rules }) => {
          const rule = rules.find((one) => one.tenant === row.tenant && one.rule === row.rule);
          if (!rule) return <Notice mark="warn"><p>{t('why_allowed.gone')}</p></Notice>;
          return (
            <Pairs rows={[
              [t('rules.cloud'), <code>{rule.server_name}<wbr />:{rule.port}</code>],
              [t('rules.mode'), wordOf('mode', rule.mode)],
              [t('rules.terminals'), rule.all_terminals ? t('rules.everybody', { n: rule.terminals.length }) : rule.terminals.join(', ')],
              [t('rules.until'), rule.until === undefined ? t('rules.no_end') : whenText(rule.until, language.value)],
            ]} />
          );
        }}
      </Loaded>
      <div class="buttons">
        <a class="button" href={hashOf('rules')}>{t('page.rules')}</a>
        <Button kind="main" onClick={close}>{t('app.close')}</Button>
      </div>
    </Dialog>
  );
}
