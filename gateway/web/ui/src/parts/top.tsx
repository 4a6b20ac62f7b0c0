import type { JSX } from 'preact';

import { language, speak, type Language } from '../state/language.ts';
import { hashOf } from '../state/route.ts';
import { idleLeft, session, sessionLeft, signOut } from '../state/session.ts';
import { clockText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';
import { Button } from './form.tsx';

function Languages(): JSX.Element {
  const button = (given: Language, name: string): JSX.Element => (
    <button type="button" lang={given} aria-pressed={language.value === given} onClick={() => void speak(given).catch(() => undefined)}>{name}</button>
  );
  return <div class="languages" role="group" aria-label={t('app.language')}>{button('ja', '日本語')}{button('en', 'English')}</div>;
}

/** What is above every page. */
export function Top({ menu }: { menu?: { isOpen: boolean; toggle: () => void } }): JSX.Element {
  const who = session.value;
  return (
    <header class="top">
      {menu && (
        <div class="menu">
          <button type="button" class="button" aria-expanded={menu.isOpen} aria-controls="pages" onClick={menu.toggle}>{t('app.menu')}</button>
        </div>
      )}
      <a class="brand" href={hashOf()}>{t('app.name')}</a>
      {who && (
        <>
          <span class="who"><a href={hashOf('own')}>{who.account}</a> ({wordOf('role', who.role)})</span>
          <span class="timer">{t('session.left', { time: clockText(Math.min(idleLeft.value, sessionLeft.value)) })}</span>
        </>
      )}
      <Languages />
      {who && <Button onClick={() => void signOut()}>{t('session.sign_out')}</Button>}
    </header>
  );
}
