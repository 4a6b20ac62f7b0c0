import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { ChangePage } from './pages/change.tsx';
import { ClaimPage, EnrolPage } from './pages/enrol.tsx';
import { groups, pageAt, pages, type Page } from './pages/index.ts';
import { SignInPage } from './pages/sign_in.tsx';
import { Button } from './parts/form.tsx';
import { Notice, ProblemView } from './parts/notice.tsx';
import { Dialog } from './parts/dialog.tsx';
import { language, type Language } from './state/language.ts';
import { hashOf, route } from './state/route.ts';
import { said } from './state/said.ts';
import { extend, idleLeft, isKnown, isWarned, may, now, session, sessionLeft, signOut } from './state/session.ts';
import { undo, undoProblem } from './state/undo.ts';
import { clockText } from './text/format.ts';
import { t, wordOf } from './words/index.ts';

function Languages(): JSX.Element {
  const button = (given: Language, name: string): JSX.Element => (
    <button type="button" lang={given} aria-pressed={language.value === given} onClick={() => void (language.value = given)}>{name}</button>
  );
  return <div class="languages" role="group" aria-label={t('app.language')}>{button('ja', '日本語')}{button('en', 'English')}</div>;
}

function Top({ menu }: { menu?: { isOpen: boolean; toggle: () => void } }): JSX.Element {
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

const isOffered = (page: Page): boolean => page.needs.length === 0 || page.needs.some(may);

function Navigation({ isOpen, leave }: { isOpen: boolean; leave: () => void }): JSX.Element {
  const here = pageAt(route.value)?.id;
  return (
    <nav id="pages" class={isOpen ? 'pages open' : 'pages'} aria-label={t('app.menu')}>
      {groups.map((group) => {
        const offered = pages.filter((page) => page.group === group && isOffered(page));
        if (offered.length === 0) return null;
        return (
          <div key={group}>
            <p id={`group-${group}`}>{t(`group.${group}`)}</p>
            <ul aria-labelledby={`group-${group}`}>
              {offered.map((page) => (
                <li key={page.id}>
                  <a href={hashOf(page.id)} aria-current={page.id === here ? 'page' : undefined} onClick={leave}>{t(`page.${page.id}`)}</a>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function Warning(): JSX.Element | null {
  if (!isWarned.value) return null;
  return (
    <Dialog title={t('session.warn_title')} close={() => void extend()}>
      <p role="timer">{t('session.warn', { time: clockText(idleLeft.value) })}</p>
      <div class="buttons">
        <Button kind="main" onClick={() => void extend()}>{t('session.extend')}</Button>
        <Button onClick={() => void signOut()}>{t('session.sign_out')}</Button>
      </div>
    </Dialog>
  );
}

function UndoOffer(): JSX.Element | null {
  const offered = undo.value;
  if (offered === null) return <ProblemView problem={undoProblem.value} />;
  const back = async (): Promise<void> => {
    undo.value = null;
    const done = await offered.undo();
    undoProblem.value = done.ok ? null : done.problem;
  };
  return (
    <div class="toast">
      <p>{offered.words} {t('app.undo_left', { n: Math.max(0, Math.ceil((offered.until - now.value) / 1000)) })}</p>
      <Button onClick={() => void back()}>{t('app.undo')}</Button>
    </div>
  );
}

function NoRight(): JSX.Element {
  return (
    <Notice mark="warn">
      <p class="strong">{t('app.no_right', { role: wordOf('role', session.value?.role ?? '') })}</p>
      <p>{t('app.no_right_do')}</p>
    </Notice>
  );
}

function Shown({ page }: { page: Page | undefined }): JSX.Element {
  if (!page) return <Notice mark="unknown"><p>{t('app.not_found')}</p><a href={hashOf()}>{t('app.to_overview')}</a></Notice>;
  if (!isOffered(page)) return <NoRight />;
  const number = Number(route.value[1]);
  if ((page.id === 'changes' || page.id === 'history') && Number.isInteger(number) && number > 0) return <ChangePage key={number} number={number} />;
  return <page.show key={page.id} />;
}

function Inside(): JSX.Element {
  const isOpen = useSignal(false), heading = useRef<HTMLHeadingElement>(null), isFirst = useRef(true);
  const page = pageAt(route.value);
  const title = page ? t(`page.${page.id}`) : t('app.not_found');
  const where = route.value.join('/');
  useEffect(() => void (document.title = `${title} - ${t('app.name')}`), [title, language.value]);
  useEffect(() => {
    said.value = '';
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [where]);
  const jump = (event: MouseEvent): void => {
    event.preventDefault();
    heading.current?.focus();
  };
  return (
    <>
      <a class="skip" href="#main" onClick={jump}>{t('app.skip')}</a>
      <Top menu={{ isOpen: isOpen.value, toggle: () => void (isOpen.value = !isOpen.value) }} />
      <div class="frame">
        <Navigation isOpen={isOpen.value} leave={() => void (isOpen.value = false)} />
        <main id="main">
          <h1 tabIndex={-1} ref={heading}>{title}</h1>
          <p class="said" role="status">{said.value}</p>
          <Shown page={page} />
        </main>
      </div>
      <UndoOffer />
      <Warning />
    </>
  );
}

function Outside(): JSX.Element {
  const [first] = route.value;
  return (
    <>
      <Top />
      <main id="main" class="narrow">
        {first === 'enrol' ? <EnrolPage /> : first === 'claim' ? <ClaimPage /> : <SignInPage />}
      </main>
    </>
  );
}

export function App(): JSX.Element {
  if (!isKnown.value) return <p class="loading" role="status">{t('app.loading')}</p>;
  return session.value === null ? <Outside /> : <Inside />;
}
