/**
 * A colour of the page as a canvas takes it.
 * @param {string} name
 */
export function colour(name) {
  const probe = document.createElement('i')
  probe.style.color = `var(--${name})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/**
 * The same, so much of it.
 * @param {string} name
 * @param {number} alpha
 */
export function faint(name, alpha) {
  return colour(name).replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`)
}

/** @returns {boolean} */
function isDark() {
  const { theme } = document.documentElement.dataset
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}

/** @param {() => void} changed */
export function listenToTheme(changed) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
  document.querySelector('#theme')?.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark'
    changed()
  })
}
