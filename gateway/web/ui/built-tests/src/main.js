import { jsx as _jsx } from "preact/jsx-runtime";
import { render } from 'preact';
import { App } from "./app.js";
import { keepLanguage } from "./state/language.js";
import { followHash } from "./state/route.js";
import { keepTime, look } from "./state/session.js";
import './style.css';
keepLanguage();
followHash();
keepTime();
void look();
const place = document.getElementById('app');
if (place)
    render(_jsx(App, {}), place);
