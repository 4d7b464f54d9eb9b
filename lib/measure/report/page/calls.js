/**
 * Shows a call: its figures and its ladder, which lie on the page as a template.
 * @param {string} id
 */
export function openCall(id) {
  const dialog = document.querySelector('#call')
  const template = document.getElementById(id)
  if (!(dialog instanceof HTMLDialogElement) || !(template instanceof HTMLTemplateElement)) return
  dialog.querySelector('.call-body')?.replaceChildren(template.content.cloneNode(true))
  dialog.showModal()
}

export function listenToCalls() {
  for (const row of document.querySelectorAll('tr[data-call]'))
    row.addEventListener('click', () => openCall(row.getAttribute('data-call') ?? ''))
  const dialog = document.querySelector('#call')
  // A click beside it is one on the dialog itself.
  dialog?.addEventListener('click', (event) => {
    if (event.target === dialog && dialog instanceof HTMLDialogElement) dialog.close()
  })
}
