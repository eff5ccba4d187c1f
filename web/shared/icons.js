import { svg } from './element.js'

const PATHS = {
  bubble:
    'M5 5.5h14a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1-2.5 2.5h-7.5L7 21v-3.5H5A2.5 2.5 0 0 1 2.5 15V8A2.5 2.5 0 0 1 5 5.5Z',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'm5 9 7 7 7-7',
  back: 'M14.5 5 7.5 12l7 7',
  more: 'M5 11.4a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2Zm7 0a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2Zm7 0a.6.6 0 1 0 0 1.2.6.6 0 0 0 0-1.2Z',
  send: 'M12 19.5v-15M5.5 11 12 4.5 18.5 11',
  list: 'M4 7h16M4 12h16M4 17h10',
  plus: 'M12 5v14M5 12h14',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8.5a7.5 7.5 0 0 1 15 0',
  clock: 'M12 7.5V12l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  leaf: 'M5 19c0-9 5-14 14-14 0 9-4.5 13.5-11 13.5-1 0-2-.2-3 .5Zm0 0c2-5 5-7.5 8.5-9',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  out: 'M10 4.5H5v15h5M15 8l4 4-4 4M19 12H9.5',
}

/**
 * A line drawing, 24 units square, that follows the text's colour and is hidden from screen readers.
 * @param {keyof typeof PATHS} name
 */
export const icon = (name) => draw(PATHS[name])

/** @param {string} path */
export function draw(path) {
  return svg(
    'svg',
    { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: path }),
  )
}
