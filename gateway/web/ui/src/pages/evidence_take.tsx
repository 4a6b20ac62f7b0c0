import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call, placeOf, queryOf } from '../api/client.ts';
import { Check, Form, TextField } from '../parts/form.tsx';
import { language } from '../state/language.ts';
import { useAction } from '../state/load.ts';
import { say } from '../state/said.ts';
import { namesOf, wrongMonths, type Document } from '../text/evidence.ts';
import { t } from '../words/index.ts';

/** Some of its papers alone, for one who has asked for those; the record says which. */
export function TakeSome({ document, number }: { document: Document; number: number }): JSX.Element {
  const picked = useSignal<readonly string[]>([]);
  const all = [...namesOf(document, language.value), { name: 'facts', title: t('evidence.facts') }, { name: 'diagram', title: t('evidence.diagram') }];
  const set = (name: string, on: boolean): void => void (picked.value = all.map((one) => one.name).filter((one) => (one === name ? on : picked.value.includes(one))));
  return (
    <details>
      <summary>{t('evidence.some')}</summary>
      <p class="help">{t('evidence.some_help')}</p>
      <fieldset>
        <legend class="unseen">{t('evidence.some')}</legend>
        {all.map(({ name, title }) => <Check key={name} label={title} on={picked.value.includes(name)} change={(on) => set(name, on)} />)}
      </fieldset>
      {picked.value.length === 0 ? <p>{t('evidence.some_none')}</p>
        : <div class="buttons"><a class="button" download href={placeOf('evidence.take', { evidence: number }) + queryOf({ papers: picked.value.join(',') })}>{t('evidence.some_take', { n: picked.value.length })}</a></div>}
    </details>
  );
}

/** With reports of other months than the two newest. */
export function MakeOfMonths({ again }: { again: () => void }): JSX.Element {
  const from = useSignal(''), until = useSignal(''), isTried = useSignal(false), wrong = wrongMonths(from.value, until.value);
  const errorOf = (field: 'from' | 'until'): string | undefined => (isTried.value && wrong === field ? t(`evidence.${field}_wrong`) : undefined);
  const make = useAction<[]>(async () => {
    isTried.value = true;
    if (wrong !== null) return;
    const made = await call('evidence.make', { body: { ...(from.value !== '' && { months_from: from.value }), ...(until.value !== '' && { months_until: until.value }) } });
    if (made.ok) isTried.value = false, say(t('evidence.made', { n: made.value.evidence })), again();
    return made;
  });
  return (
    <details>
      <summary>{t('evidence.months')}</summary>
      <p class="help">{t('evidence.months_help')}</p>
      <Form action={make} errors={isTried.value && wrong !== null ? [t(`evidence.${wrong}_wrong`)] : []} submit={t('evidence.months_make')} kind="plain">
        <TextField label={t('evidence.months_from')} value={from} most={7} numeric error={errorOf('from')} />
        <TextField label={t('evidence.months_until')} value={until} most={7} numeric error={errorOf('until')} />
      </Form>
    </details>
  );
}
