import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Loaded, Part } from '../parts/notice.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { numberText } from '../text/format.ts';
import { eventText } from '../words/events.ts';
import { asked, figures, never, stateFields, termText } from '../words/noc_terms.ts';
import { t } from '../words/index.ts';

type Told = Schemas['NocContents']['records'][number];
type Entry = readonly [name: string, what: JSX.Element | string];

function Entries({ title, entries }: { title: string; entries: readonly Entry[] }): JSX.Element {
  return (
    <details>
      <summary>{title} ({t('noc.kinds', { n: numberText(entries.length) })})</summary>
      <dl class="pairs">{entries.map(([name, what]) => <><dt class="wraps"><code>{name}</code></dt><dd>{what}</dd></>)}</dl>
    </details>
  );
}

function recordEntries(records: readonly Told[], of: string | undefined): Entry[] {
  return records.filter((one) => one.class === of).map((one) => {
    const { words, lang } = eventText(one.event, one.what, language.value);
    return [one.event, <span lang={lang}>{words}</span>];
  });
}

/** What leaves the box and what never does, for whoever answers for it. */
export function NocContents(): JSX.Element {
  const load = useLoad('noc.contents', {});
  return (
    <Part title={t('noc.contents')}>
      <p>{t('noc.contents_intro')}</p>
      <Loaded load={load}>
        {(given) => (
          <>
            <h3>{t('noc.never')}</h3>
            <ul class="words">{given.never.map((one) => <li key={one.name}>{termText(never, one.name, one.what, language.value)}</li>)}</ul>
            <h3>{t('noc.may_ask')}</h3>
            <p>{t('noc.may_ask_intro')}</p>
            <ul class="words">{given.asked.map((one) => <li key={one.name}>{termText(asked, one.name, one.what, language.value)}</li>)}</ul>
            <Entries title={t('noc.told_not')} entries={recordEntries(given.records, undefined)} />
            <h3>{t('noc.sent')}</h3>
            <Entries title={t('noc.told_audit')} entries={recordEntries(given.records, 'audit')} />
            <Entries title={t('noc.told_events')} entries={recordEntries(given.records, 'events')} />
            <p class="help">{t('noc.fields_help')}</p>
            <details>
              <summary>{t('noc.fields')} ({t('noc.kinds', { n: numberText(given.fields.length) })})</summary>
              <ul class="words">{given.fields.map((name) => <li key={name}><code>{name}</code></li>)}</ul>
            </details>
            <Entries title={t('noc.told_state')} entries={given.state.map((one) => [one.name, termText(stateFields, one.name, one.what, language.value)])} />
            <Entries title={t('noc.told_figures')} entries={given.figures.map((one) => [one.name,
              <>{termText(figures, one.name, one.what, language.value)}{one.labels.length > 0 && <> {t('noc.labels', { names: one.labels.join(', ') })}</>}</>])} />
          </>
        )}
      </Loaded>
    </Part>
  );
}
