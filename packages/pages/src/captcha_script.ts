/**
 * The script of the check against programs, a file of its own, loaded on pages that show it. In the page it starts itself a second time, as a worker, and there seeks the
 * number; without workers it seeks in slices, so that the page stays alive. For reCAPTCHA's score it asks Google's script when the form is sent.
 */

export const CAPTCHA_SCRIPT = `(() => {
  const SLICE = 20000

  // SHA-256, FIPS 180-4, for ASCII. The blocks that all tries share are digested once.
  const primes = []
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n)
  const fraction = (x) => ((x % 1) * 0x100000000) | 0
  const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)))
  const H = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
  const w = new Int32Array(64)
  const turn = (x, n) => (x >>> n) | (x << (32 - n))

  function compress(state, bytes, at) {
    for (let i = 0; i < 16; i++, at += 4) w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]
    for (let i = 16; i < 64; i++) {
      const [a, b] = [w[i - 15], w[i - 2]]
      const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)
      const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0
    }
    let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7]
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0
      const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h
  }

  // difficulty is below 32: only the first word of the digest is looked at.
  function openSearch(challenge, difficulty) {
    const ascii = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0))
    const prefix = ascii(challenge + '.')
    const shared = prefix.length - (prefix.length % 64)
    const begun = Int32Array.from(H)
    for (let at = 0; at < shared; at += 64) compress(begun, prefix, at)
    const rest = prefix.subarray(shared)
    const state = new Int32Array(8)
    let next = 0
    return (tries) => {
      for (const end = next + tries; next < end; next++) {
        const number = ascii(String(next))
        const length = rest.length + number.length
        const block = new Uint8Array(length + 9 > 64 ? 128 : 64)
        block.set(rest)
        block.set(number, rest.length)
        block[length] = 0x80
        const bits = (shared + length) * 8
        for (let i = 0; i < 4; i++) block[block.length - 1 - i] = bits >>> (8 * i)
        state.set(begun)
        for (let at = 0; at < block.length; at += 64) compress(state, block, at)
        if (state[0] >>> (32 - difficulty) === 0) return { answer: String(next), tried: next }
      }
      return { tried: next }
    }
  }

  if (typeof document === 'undefined') {
    onmessage = ({ data }) => {
      const search = openSearch(data.challenge, data.difficulty)
      let found
      do {
        found = search(SLICE)
        postMessage(found)
      } while (found.answer === undefined)
    }
    return
  }

  const self = document.currentScript.src

  // Resolves with the number. Where there are no workers, or this one may not start, the page itself seeks.
  function solve(challenge, difficulty, progress) {
    const here = (resolve) => {
      const search = openSearch(challenge, difficulty)
      const slice = () => {
        const found = search(SLICE / 10)
        progress(found.tried)
        if (found.answer === undefined) setTimeout(slice)
        else resolve(found.answer)
      }
      slice()
    }
    return new Promise((resolve) => {
      let worker
      try {
        worker = new Worker(self)
      } catch {
        return here(resolve)
      }
      worker.onerror = () => here(resolve)
      worker.onmessage = ({ data }) => {
        progress(data.tried)
        if (data.answer === undefined) return
        worker.terminate()
        resolve(data.answer)
      }
      worker.postMessage({ challenge, difficulty })
    })
  }

  for (const box of document.querySelectorAll('[data-captcha]')) {
    const form = box.closest('form')
    const field = box.querySelector('[data-answer]')
    const said = box.querySelector('[role=status]')
    const bar = box.querySelector('progress')
    const { captcha, only, work, done, failed } = box.dataset
    let wanted
    let ready = captcha === 'proof_of_work' ? false : undefined
    for (const hidden of box.querySelectorAll('[data-js]')) hidden.hidden = false

    const send = (submitter) => (submitter ? form.requestSubmit(submitter) : form.requestSubmit())
    form.addEventListener('submit', (event) => {
      const { submitter } = event
      if (only && submitter?.value !== only) return
      if (ready === true) return
      event.preventDefault()
      const first = wanted === undefined
      wanted = submitter ?? null
      if (captcha === 'proof_of_work' || !first) return
      said.textContent = work
      const google = window.grecaptcha
      if (google === undefined) {
        said.textContent = failed
        wanted = undefined
        return
      }
      google.ready(() =>
        google.execute(box.dataset.siteKey, { action: box.dataset.action }).then(
          (token) => {
            field.value = token
            ready = true
            send(wanted)
          },
          () => {
            said.textContent = failed
            wanted = undefined
          },
        ),
      )
    })

    if (captcha !== 'proof_of_work') continue
    said.textContent = work
    const { challenge, difficulty } = box.dataset
    const expected = 2 ** Number(difficulty)
    solve(challenge, Number(difficulty), (tried) => {
      bar.value = 1 - Math.exp(-tried / expected)
    }).then((answer) => {
      field.value = answer
      bar.value = 1
      ready = true
      said.textContent = done
      if (wanted !== undefined) send(wanted)
    })
  }
})()
`
