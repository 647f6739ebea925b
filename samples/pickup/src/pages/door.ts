/** What somebody sees who is not signed in: the desk's front, and why a sign-in did not come about. */
import { html } from 'hono/html'
import type { Desk } from '../desk.ts'
import type { SignInFailure } from '../relying_party.ts'
import type { Notice } from '../sessions.ts'
import { frame, type Html, type Place } from './frame.ts'

const SAID: Readonly<Record<Notice, string | undefined>> = {
  added: undefined,
  ended_elsewhere: 'You logged out elsewhere, so you are signed out here too.',
  signed_out_here_only: 'You are signed out here. The sign-in house did not answer, so you may still be signed in there.',
}

export function signedOut(place: Place, desk: Desk, notice: Notice | undefined): Html {
  const said = notice === undefined ? undefined : SAID[notice]
  return frame(
    place,
    desk.slogan,
    undefined,
    html`
      ${said === undefined ? '' : html`<p class="notice" role="status">${said}</p>`}
      <section class="hero">
        <h1>${desk.slogan}</h1>
        <p class="lead">${desk.purpose}</p>
        <p><a class="button" href="${place.home}/login">Login</a></p>
        <p class="hint">You sign in at ${new URL(place.issuer).host}, not here. This desk never sees your password.</p>
      </section>
      <ul class="cards">${desk.points.map((point) => html`<li><h2>${point.title}</h2><p>${point.text}</p></li>`)}</ul>`,
  )
}

type Problem = { readonly title: string; readonly text: string; readonly again: string }

const PROBLEMS: Readonly<Record<SignInFailure | 'csrf' | 'missing', Problem>> = {
  denied: {
    title: 'You were not signed in',
    text: 'You chose not to share what this desk asked for, or you may not use it. That is fine: nothing about you came here.',
    again: 'Login',
  },
  unreachable: {
    title: 'The sign-in house does not answer',
    text: 'You cannot sign in just now. Nothing is lost: the desk is here and keeps its bookings. Try again in a moment.',
    again: 'Try again',
  },
  unfinished: {
    title: 'This sign-in is no longer open',
    text: 'It was finished already, begun in another browser, or left for too long. Start once more.',
    again: 'Login',
  },
  refused: {
    title: 'The sign-in did not work out',
    text: 'The answer that came back could not be accepted, so nobody was signed in. If this happens again, tell whoever runs this desk.',
    again: 'Try again',
  },
  csrf: {
    title: 'This form is no longer valid',
    text: 'It was sent from an old page, or you were signed out in between. Nothing was changed.',
    again: 'Login',
  },
  missing: { title: 'There is no such page', text: 'The address leads nowhere at this desk.', again: 'Login' },
}

export function problem(place: Place, what: keyof typeof PROBLEMS): Html {
  const { title, text, again } = PROBLEMS[what]
  return frame(
    place,
    title,
    undefined,
    html`<section class="hero">
        <h1>${title}</h1>
        <p class="lead">${text}</p>
        <p class="choices"><a class="button" href="${place.home}/login">${again}</a> <a href="${place.path}">Back to the desk</a></p>
      </section>`,
  )
}

/** The front of the whole sample: which desks there are. */
export function lobby(places: readonly Place[]): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Pickup</title>
<link rel="stylesheet" href="${places[0]?.path ?? ''}/style.css"></head>
<body><main class="width"><section class="hero"><h1>Pickup</h1><p class="lead">A cab company with these desks:</p>
<ul>${places.map((place) => html`<li><a href="${place.home}">${place.name}</a></li>`)}</ul></section></main></body></html>`
}
