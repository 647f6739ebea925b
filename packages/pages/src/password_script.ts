/** The only script of the sign-in pages, served as a file of its own. Without it everything works: the rules are text and the server decides. */

export const PASSWORD_SCRIPT = `(() => {
  for (const button of document.querySelectorAll('[data-reveal]')) {
    const input = document.getElementById(button.dataset.reveal)
    button.hidden = false
    const show = (visible) => {
      input.type = visible ? 'text' : 'password'
      button.textContent = visible ? button.dataset.hide : button.dataset.show
      button.setAttribute('aria-label', visible ? button.dataset.hideLabel : button.dataset.showLabel)
    }
    button.addEventListener('click', () => show(input.type === 'password'))
    // A browser remembers what stood in a visible text field, but not in a password field.
    input.form.addEventListener('submit', () => show(false))
  }

  const fold = (text) => text.normalize('NFKC').toLowerCase()

  // The same as the server's rule: nothing of the own names, unless they are too short to tell.
  const containsName = (password, names) =>
    names.flatMap((name) => [name, name.split('@')[0]]).map(fold).some((name) => name.length >= 3 && fold(password).includes(name))

  const holds = (rule, password, names) => {
    const [name, value] = rule.split(':')
    return name === 'minimum' ? [...password].length >= Number(value) : !containsName(password, names)
  }

  for (const input of document.querySelectorAll('[data-watch=password]')) {
    const group = input.closest('.new-password')
    const rules = [...group.querySelectorAll('[data-rule]')].map((item) => {
      const said = item.appendChild(document.createElement('span'))
      said.className = 'unseen'
      return { item, said }
    })
    const names = () => ['username', 'email'].map((name) => input.form.elements.namedItem(name)?.value ?? '')
    const look = () => {
      for (const { item, said } of rules) {
        const empty = input.value === ''
        const met = !empty && holds(item.dataset.rule, input.value, names())
        item.dataset.state = empty ? '' : met ? 'met' : 'unmet'
        said.textContent = empty ? '' : ' (' + (met ? item.dataset.met : item.dataset.unmet) + ')'
      }
    }
    input.form.addEventListener('input', look)
    look()
  }
})()
`
