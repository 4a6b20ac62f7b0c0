import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { ChangePage } from './pages/change.tsx';
import { groups, pageAt, pages, type Page } from './pages/index.ts';
import { Dialog } from './parts/dialog.tsx';
import { useKeptFocus } from './parts/focus.ts';
import { Button } from './parts/form.tsx';
import { Notice, ProblemView } from './parts/notice.tsx';
import { Top } from './parts/top.tsx';
import { language } from './state/language.ts';
import { hashOf, route } from './state/route.ts';
import { said } from './state/said.ts';
import { extend, idleLeft, isWarned, may, now, session, signOut } from './state/session.ts';
import { keepSight } from './state/talk.ts';
import { undo, undoProblem } from './state/undo.ts';
import { clockText } from './text/format.ts';
import { t, wordOf } from './words/index.ts';

const isOffered = (page: Page): boolean => page.needs.length === 0 || page.needs.some(may);

function Navigation({ isOpen, leave }: { isOpen: boolean; leave: () => void }): JSX.Element {
  const here = pageAt(route.value, session.value?.role)?.id;
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

/** Everything behind the sign-in. */
export function Inside(): JSX.Element {
  const isOpen = useSignal(false), heading = useRef<HTMLHeadingElement>(null), isFirst = useRef(true);
  const page = pageAt(route.value, session.value?.role);
  const title = page ? t(`page.${page.id}`) : t('app.not_found');
  const where = route.value.join('/');
  useKeptFocus(heading);
  useEffect(keepSight, []);
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
