/**
 * The script of pages with passkeys, served as a file of its own: shows what it can do something with, asks the browser, and posts the form with the answer. Without
 * it, or in a browser that knows no passkeys, what it would need stays hidden. A challenge is good for five minutes, so another is fetched a little before. Answers are written field by field:
 * what some password managers give in the place of a credential cannot write itself as JSON. Whoever keeps a passkey that nobody here has is told so, and may decline.
 */

export const PASSKEY_SCRIPT = `(() => {
  const part = document.querySelector('[data-passkey]')
  if (!part || !window.PublicKeyCredential || !navigator.credentials) return
  const form = part.closest('form')
  const button = part.querySelector('button')
  const said = part.querySelector('[data-said]')
  const { passkey: ceremony, refresh, autofill, unknown } = part.dataset
  const STALE_MS = 4.5 * 60_000
  let options = JSON.parse(part.dataset.options)
  let since = Date.now()
  let waiting
  for (const one of document.querySelectorAll('[data-without-passkeys]')) one.hidden = true
  part.hidden = false
  if (unknown) PublicKeyCredential.signalUnknownCredential?.(JSON.parse(unknown)).catch(() => {})
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  const text = (buffer) => {
    let binary = ''
    for (const one of new Uint8Array(buffer)) binary += String.fromCharCode(one)
    return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  }
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }))
  const CEREMONIES = {
    get: {
      read: (given) => ({ ...given, challenge: bytes(given.challenge), allowCredentials: known(given.allowCredentials) }),
      write: ({ clientDataJSON, authenticatorData, signature, userHandle }) => ({
        clientDataJSON: text(clientDataJSON),
        authenticatorData: text(authenticatorData),
        signature: text(signature),
        userHandle: userHandle ? text(userHandle) : undefined,
      }),
    },
    create: {
      read: (given) => ({
        ...given,
        challenge: bytes(given.challenge),
        user: { ...given.user, id: bytes(given.user.id) },
        excludeCredentials: known(given.excludeCredentials),
      }),
      write: (response) => ({
        clientDataJSON: text(response.clientDataJSON),
        attestationObject: text(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      }),
    },
  }
  const { read, write } = CEREMONIES[ceremony]
  const say = (name) => {
    said.textContent = name ? part.dataset[name] : ''
    said.hidden = !name
  }
  const renew = async () => {
    if (Date.now() - since < STALE_MS) return
    const answer = await fetch(refresh, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
    if (!answer.ok) return location.reload()
    options = await answer.json()
    since = Date.now()
  }
  const ask = async (how) => {
    waiting?.abort()
    waiting = new AbortController()
    const credential = await navigator.credentials[ceremony]({ publicKey: read(options), signal: waiting.signal, ...how })
    const { id, type, response } = credential
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name: 'passkey', value: JSON.stringify({ id, type, response: write(response) }) })
    form.append(field)
    form.submit()
  }
  const wait = async () => {
    if (!autofill || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return
    const again = setTimeout(async () => {
      await renew()
      wait()
    }, STALE_MS)
    ask({ mediation: 'conditional' }).catch((error) => {
      if (error.name === 'AbortError') return
      clearTimeout(again)
    })
  }
  const MEANINGS = { NotAllowedError: 'cancelled', AbortError: 'cancelled', InvalidStateError: 'known' }
  button.addEventListener('click', async () => {
    say()
    button.disabled = true
    try {
      await renew()
      await ask({})
    } catch (error) {
      say(MEANINGS[error.name] ?? 'failed')
      button.disabled = false
      button.focus()
      wait()
    }
  })
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  wait()
})()
`
