/** What every page of the sample stands in. Plain HTML, no script at all. */
import { html } from 'hono/html'
import type { Claims } from '../sessions.ts'

export type Html = ReturnType<typeof html>

/** One application as its pages see it. `home` is its absolute address, so that a person who came by another name of this machine ends up where the cookies are. */
export type Place = { readonly name: string; readonly path: string; readonly home: string; readonly issuer: string }

export type Tab = { readonly path: string; readonly title: string }
export type SignedIn = { readonly csrf: string; readonly greeting: string; readonly tabs: readonly Tab[]; readonly here: string }

export function frame(place: Place, title: string, signedIn: SignedIn | undefined, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · ${place.name}</title>
    <link rel="icon" href="${place.path}/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="${place.path}/style.css">
  </head>
  <body>
    <a class="skip" href="#content">Skip to content</a>
    <header class="bar">
      <div class="width">
        <a class="brand" href="${place.path}"><img src="${place.path}/icon.svg" alt="" width="32" height="32"><span>${place.name}</span></a>
        ${signedIn === undefined ? '' : logout(place, signedIn)}
      </div>
      <div class="chequer"></div>
    </header>
    ${signedIn === undefined ? '' : tabs(place, signedIn)}
    <main id="content" class="width">${content}</main>
    <footer class="width"><p>A sample application. It knows about you what <a href="${place.issuer}/account">your account</a> shared, and forgets it when you log out.</p></footer>
  </body>
</html>`
}

function logout(place: Place, { csrf, greeting }: SignedIn): Html {
  return html`<form class="who" method="post" action="${place.path}/logout">
          <span>${greeting}</span>
          <input type="hidden" name="csrf" value="${csrf}">
          <button class="quiet" type="submit">Logout</button>
        </form>`
}

function tabs(place: Place, signedIn: SignedIn): Html {
  return html`<nav class="tabs" aria-label="${place.name}"><ul class="width">
      ${signedIn.tabs.map((tab) => html`<li><a href="${place.path}${tab.path}" ${tab.path === signedIn.here ? html`aria-current="page"` : ''}>${tab.title}</a></li>`)}
    </ul></nav>`
}

/** The name to greet a person by; nothing is known but what the person shared. */
export function callName(claims: Claims): string | undefined {
  for (const name of ['given_name', 'name', 'nickname', 'preferred_username', 'email']) {
    const value = claims[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}
