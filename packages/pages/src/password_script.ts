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

  const holds = (rule, password, username) => {
    const [name, value] = rule.split(':')
    if (name === 'minimum') return [...password].length >= Number(value)
    return username.length < 3 || !password.toLowerCase().includes(username.toLowerCase())
  }

  for (const input of document.querySelectorAll('[data-watch=password]')) {
    const group = input.closest('.new-password')
    const rules = [...group.querySelectorAll('[data-rule]')].map((item) => {
      const said = item.appendChild(document.createElement('span'))
      said.className = 'unseen'
      return { item, said }
    })
    const username = () => group.dataset.username ?? input.form.elements.namedItem('username')?.value ?? ''
    const look = () => {
      for (const { item, said } of rules) {
        const empty = input.value === ''
        const met = !empty && holds(item.dataset.rule, input.value, username())
        item.dataset.state = empty ? '' : met ? 'met' : 'unmet'
        said.textContent = empty ? '' : ' (' + (met ? item.dataset.met : item.dataset.unmet) + ')'
      }
    }
    input.addEventListener('input', look)
    look()
  }
})()
`
