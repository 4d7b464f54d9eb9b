/**
 * Shows values beside the pointer; `lines` gives them, or nothing where there is nothing to say.
 * @param {Plot} plot
 * @param {() => { title: string, rows: { label: string, value: string, colour?: string }[] } | undefined} lines
 */
export function createTooltip(plot, lines) {
  const tip = document.createElement('div')
  tip.className = 'tip'
  tip.hidden = true
  plot.over.append(tip)

  const update = () => {
    const { left = -1, top = -1 } = plot.cursor
    const said = plot.over.matches(':hover') && left >= 0 ? lines() : undefined
    tip.hidden = !said
    if (!said) return
    const title = document.createElement('b')
    title.textContent = said.title
    tip.replaceChildren(title, ...said.rows.map(tooltipRow))
    // On the side where there is room.
    const right = left > plot.over.clientWidth / 2
    tip.style.left = right ? '' : `${left + 14}px`
    tip.style.right = right ? `${plot.over.clientWidth - left + 14}px` : ''
    tip.style.top = `${Math.max(0, Math.min(top - 10, plot.over.clientHeight - tip.offsetHeight))}px`
  }
  plot.over.addEventListener('mouseleave', () => (tip.hidden = true))
  return update
}

/** @param {{ label: string, value: string, colour?: string }} row */
function tooltipRow({ label, value, colour: ink }) {
  const row = document.createElement('span')
  const dot = document.createElement('i')
  if (ink) dot.style.background = ink
  const [name, number] = [document.createElement('span'), document.createElement('span')]
  name.textContent = label
  number.textContent = value
  row.append(dot, name, number)
  return row
}
