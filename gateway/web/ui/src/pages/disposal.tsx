import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';

import { call, type Outcome } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, reasonAsked, type Question } from '../parts/dialog.tsx';
import { Button } from '../parts/form.tsx';
import { Loaded, Notice, Part } from '../parts/notice.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { may, now, session } from '../state/session.ts';
import { clockText, whenText } from '../text/format.ts';
import { t, type Key } from '../words/index.ts';

type Disposal = Schemas['Disposal'];
const pollEach = 5000;  // milliseconds
const taken = ['backups', 'records', 'evidence'] as const;

/** How far it has come, and how long is left. */
function Standing({ given, children }: { given: Disposal; children: ComponentChildren }): JSX.Element {
  const until = whenText(given.until, language.value), who = given.agreed_by ?? given.proposed_by ?? '';
  return (
    <Notice mark="bad">
      <p>{t(given.agreed_by ? 'disposal.agreed' : 'disposal.proposed', { who, until })} <span class="strong">{t('session.left', { time: clockText((Date.parse(given.until ?? '') - now.value) / 1000) })}</span></p>
      <p>{t('app.reason')}: {given.reason}</p>
      {given.button && <p>{t(`disposal.${given.button}` as Key)}</p>}
      {children}
    </Notice>
  );
}

/** The end of a box (DSP-01). */
export function DisposalPart(): JSX.Element {
  const load = useLoad('disposal.show', {}, pollEach), question = useSignal<Question | null>(null);
  const asks = (id: 'propose' | 'agree', act: (reason: string) => Promise<Outcome<unknown>>) => (): void => void (question.value = {
    title: t(`disposal.${id}`), what: <p>{t('disposal.intro')}</p>, submit: t(`disposal.${id}`), danger: true,
    asks: reasonAsked(), word: location.hostname, act, done: () => void load.again(),
  });
  const propose = asks('propose', (reason) => call('disposal.propose', { body: { reason } }));
  const agree = asks('agree', (reason) => call('disposal.agree', { body: { reason } }));
  const withdraw = (): void => void (question.value = {
    title: t('change.withdraw'), what: <p>{t('disposal.title')}</p>, submit: t('change.withdraw'), asks: reasonAsked(),
    act: (reason) => call('disposal.withdraw', { body: { reason } }), done: () => void load.again(),
  });
  const isAnother = (given: Disposal): boolean => given.agreed_by === undefined && given.proposed_by !== session.value?.account;
  return (
    <Part title={t('disposal.title')}>
      <p>{t('disposal.intro')}</p>
      <Loaded load={load}>
        {(given) => !given.possible ? <Notice mark="unknown"><p>{t('disposal.impossible')}</p></Notice> : (
          <>
            <p>{t('disposal.first')}: {taken.map((page) => <><a key={page} href={hashOf(page)}>{t(`page.${page}`)}</a> </>)}</p>
            <p>{t('disposal.paper')}</p>
            {given.until !== undefined && (
              <Standing given={given}>
                {may('dispose') && (
                  <div class="buttons">
                    {isAnother(given) && <Button kind="danger" onClick={agree}>{t('disposal.agree')}</Button>}
                    <Button onClick={withdraw}>{t('change.withdraw')}</Button>
                  </div>
                )}
              </Standing>
            )}
            {given.until === undefined && may('dispose') && <div class="buttons"><Button kind="danger" onClick={propose}>{t('disposal.propose')}</Button></div>}
            <Ask question={question} />
          </>
        )}
      </Loaded>
    </Part>
  );
}
