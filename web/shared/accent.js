/**
 * Puts the shop's colour on an element as `--accent`, and as `--on-accent` whichever of white and near-
 * black reads better on it.
 * @param {HTMLElement} element
 * @param {string | null | undefined} colour `#rrggbb`; anything else is ignored
 */
export function wearAccent(element, colour) {
  if (!colour || !/^#[0-9a-f]{6}$/i.test(colour)) return
  element.style.setProperty('--accent', colour)
  const light = luminance(colour)
  const onWhite = 1.05 / (light + 0.05)
  const onBlack = (light + 0.05) / 0.0575
  element.style.setProperty('--on-accent', onWhite >= 4.5 || onWhite > onBlack ? '#ffffff' : '#16181a')
}

/**
 * WCAG 2 relative luminance.
 * @param {string} colour
 */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
