import { useSignal } from '@preact/signals';
import type { FunctionComponent, JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { ownProblem } from './api/client.ts';
import { SignInPage } from './pages/sign_in.tsx';
import { ProblemView } from './parts/notice.tsx';
import { Top } from './parts/top.tsx';
import { route } from './state/route.ts';
import { isKnown, session } from './state/session.ts';
import { t } from './words/index.ts';

const Loading = (): JSX.Element => <p class="loading" role="status">{t('app.loading')}</p>;

/** A part that comes when it is needed, so that the first page is there at once. */
function Later({ load }: { load: () => Promise<FunctionComponent> }): JSX.Element {
  const Part = useSignal<FunctionComponent | null>(null), isLost = useSignal(false);
  useEffect(() => {
    Part.value = null;
    load().then((part) => void (Part.value = part), () => void (isLost.value = true));
  }, [load]);
  if (isLost.value) return <ProblemView problem={ownProblem('ui.unreachable')} />;
  return Part.value === null ? <Loading /> : <Part.value />;
}

const inside = async (): Promise<FunctionComponent> => (await import('./inside.tsx')).Inside;
const enrol = async (): Promise<FunctionComponent> => (await import('./pages/enrol.tsx')).EnrolPage;
const claim = async (): Promise<FunctionComponent> => (await import('./pages/enrol.tsx')).ClaimPage;

function Outside(): JSX.Element {
  const [first] = route.value;
  return (
    <>
      <Top />
      <main id="main" class="narrow">
        {first === 'enrol' ? <Later load={enrol} /> : first === 'claim' ? <Later load={claim} /> : <SignInPage />}
      </main>
    </>
  );
}

export function App(): JSX.Element {
  if (!isKnown.value) return <Loading />;
  return session.value === null ? <Outside /> : <Later load={inside} />;
}
