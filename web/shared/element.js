/**
 * The only place that builds DOM. Strings become text nodes, never HTML; attributes that run code are
 * refused.
 */

/** @typedef {Node | string | number | null | undefined | false} Leaf */
/** @typedef {Leaf | readonly any[]} Child */
/**
 * `class`, `dataset`, `on…` (a function) and other camelCase names, written as attributes in kebab-case;
 * `true` sets an empty attribute, `false`, null and undefined set none. `value` and `checked` are properties.
 * @typedef {Record<string, any>} Props
 */

const SVG = 'http://www.w3.org/2000/svg'

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  applyProps(element, props)
  append(element, children)
  return element
}

/**
 * The same for SVG; attribute names are taken as written.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  append(element, children)
  return element
}

/**
 * @param {Element} element
 * @param {Props} props
 */
function applyProps(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue
    if (name.startsWith('on')) {
      if (typeof value !== 'function') throw new TypeError(`${name} takes a function`)
      element.addEventListener(name.slice(2), value)
    } else if (name === 'class') element.setAttribute('class', value)
    else if (name === 'dataset') Object.assign(/** @type {HTMLElement} */ (element).dataset, value)
    else if (name === 'value' || name === 'checked') Object.assign(element, { [name]: value })
    else {
      const attribute = name.replace(
        /[A-Z]/g,
        (letter, at) => (at === 4 || !name.startsWith('aria') ? '-' : '') + letter.toLowerCase(),
      )
      if (attribute === 'style' || attribute === 'srcdoc') throw new TypeError(`${attribute} is not allowed`)
      element.setAttribute(attribute, value === true ? '' : String(value))
    }
  }
}

/**
 * @param {Element} element
 * @param {Child[]} children
 */
function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue
    if (Array.isArray(child)) append(element, child)
    else element.append(child instanceof Node ? child : String(child))
  }
}

/**
 * Empties `element`, then fills it.
 * @param {Element} element
 * @param {...Child} children
 */
export function fill(element, ...children) {
  element.replaceChildren()
  append(element, children)
}
