import { render } from 'preact';

import { App } from './app.tsx';
import { keepLanguage, language, speak } from './state/language.ts';
import { followHash } from './state/route.ts';
import { keepTime, look } from './state/session.ts';
import './style.css';

keepLanguage();
followHash();
keepTime();
void look();
const place = document.getElementById('app');
void speak(language.value).then(() => {
  if (place) render(<App />, place);
});
