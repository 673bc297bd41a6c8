/** Where operators enter their password. */
import { html } from './html.ts';
import { layout } from './layout.ts';

/** @param fault what was wrong with the last try */
export function signInPage(action: string, fault: string | null): string {
  return layout({
    title: 'Operators',
    main: html`<main><h1>Operators</h1>
<form method="post" action="${action}">
<p><label for="password">Password</label></p>
<p><input id="password" name="password" type="password" autocomplete="current-password" required autofocus></p>
${fault !== null && html`<p role="alert">${fault}</p>`}
<button class="button">Sign in</button>
</form></main>`,
  });
}
