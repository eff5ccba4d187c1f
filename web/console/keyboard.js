/**
 * Single keys, while nothing is being written and no dialog is open. Escape leaves the text.
 * @param {Record<string, () => unknown>} keys
 * @returns {() => void} stops listening
 */
export function listenToKeys(keys) {
  const stopped = new AbortController()
  document.addEventListener(
    'keydown',
    (event) => {
      const at = event.target
      const writing = at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement
      if (event.key === 'Escape' && writing && !at.closest('dialog')) at.blur()
      if (writing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]'))
        return
      const act = keys[event.key.toLowerCase()]
      if (!act) return
      event.preventDefault()
      act()
    },
    { signal: stopped.signal },
  )
  return () => stopped.abort()
}
