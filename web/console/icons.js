import { draw, icon as shared } from '../shared/icons.js'

const PATHS = {
  edit: 'M4.5 19.5l1-4L16.8 4.2a1.6 1.6 0 0 1 2.3 0l.7.7a1.6 1.6 0 0 1 0 2.3L8.5 18.5z',
  bin: 'M5 7h14M10 4h4M7 7l1 13h8l1-13',
  note: 'M6 3.5h8l4.5 4.5v12.5h-12.5zM14 3.5V8h4.5M9 13h6M9 16.5h4',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  warning: 'M12 4 2.5 20h19zM12 10v4.5M12 17.2v.1',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  bellOff: 'M6 16.5V11a6 6 0 0 1 9-5.2M18 11v5.5l1.5 1.5h-12M10 20.5h4M4 4l16 16',
}

/**
 * The console's drawings, those shared with the widget among them.
 * @param {keyof typeof PATHS | Parameters<typeof shared>[0]} name
 */
export const icon = (name) =>
  name in PATHS
    ? draw(PATHS[/** @type {keyof typeof PATHS} */ (name)])
    : shared(/** @type {Parameters<typeof shared>[0]} */ (name))
