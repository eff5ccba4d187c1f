import { el } from './element.js'

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const withYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
const weekdayAndTime = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  hour: 'numeric',
  minute: '2-digit',
})

/** @param {string} iso */
export const timeOf = (iso) => clock.format(new Date(iso))

/** @param {string} iso */
export const dayAndTime = (iso) => weekdayAndTime.format(new Date(iso))

/** @param {string} iso */
export const dayKey = (iso) => new Date(iso).toDateString()

/**
 * "Today", "Yesterday", "Monday, 3 May" or, from another year, the date with its year.
 * @param {string} iso
 */
export function dayName(iso) {
  const day = new Date(iso)
  const today = new Date()
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (day.toDateString() === today.toDateString()) return 'Today'
  if (day.toDateString() === yesterday.toDateString()) return 'Yesterday'
  return (day.getFullYear() === today.getFullYear() ? weekday : withYear).format(day)
}

/**
 * A time today, else a short date: for lists.
 * @param {string} iso
 */
export function shortWhen(iso) {
  const day = new Date(iso)
  if (day.toDateString() === new Date().toDateString()) return clock.format(day)
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }).format(day)
}

/**
 * "less than a minute", "about 4 minutes", "about 2 hours".
 * @param {number} seconds
 */
export function roughly(seconds) {
  if (seconds < 50) return 'less than a minute'
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
  const hours = Math.round(minutes / 60)
  return `about ${hours} ${hours === 1 ? 'hour' : 'hours'}`
}

/**
 * Text with its http(s) addresses as links. Nothing else becomes one, so a `javascript:` address stays text.
 * @param {string} text
 * @returns {Node[]}
 */
export function linkify(text) {
  /** @type {Node[]} */
  const nodes = []
  let end = 0
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"']+/gi)) {
    const address = match[0].replace(/[.,;:!?)\]}]+$/, '')
    if (!URL.canParse(address)) continue
    if (match.index > end) nodes.push(document.createTextNode(text.slice(end, match.index)))
    nodes.push(el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, address))
    end = match.index + address.length
  }
  if (end < text.length) nodes.push(document.createTextNode(text.slice(end)))
  return nodes
}
