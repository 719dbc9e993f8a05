import { html } from 'hono/html';
import type { Html, Page } from '../../frame/page.ts';

/** Log-in with two factors, as the node wants it. */
export const logInForm = (
  { say }: Page,
  agency: string,
): Html => html`<form class="card stack" method="post" action="/node/${agency}/log-in">
<p><label for="n-user">${say('利用者', 'User')}</label><input id="n-user" name="user" autocomplete="username" required></p>
<p><label for="n-password">${say('パスワード', 'Password')}</label><input id="n-password" type="password" name="password" autocomplete="current-password" required></p>
<p><label for="n-code">${say('ワンタイムコード', 'One-time code')}</label><input id="n-code" name="code" inputmode="numeric" autocomplete="one-time-code" required size="8"></p>
<p><button class="main">${say('ログイン', 'Log in')}</button></p></form>
<p class="soft">${say('最初からいる利用者のパスワードとコードは次のコマンドで分かります', 'Passwords and codes of the ready users are told by')}:
<code>renkei staff otp tanto --agency ${agency}</code></p>`;
