/** A browser that this person has not signed in with. The cookie that says otherwise counts only in the browser that it was given to: replayed from another, it is a new device. */
import { SILENT, type Signal } from '../signal.ts'

export const newDevice: Signal = ({ device, history }) => {
  const remembered = history?.devices.find(({ id }) => id === device.id)
  // Before anything was remembered there is only the cookie's word.
  const isKnown =
    remembered === undefined ? device.known && (history?.devices.length ?? 0) === 0 : device.known && remembered.name === device.name
  return isKnown ? SILENT : { strength: 1, seen: { device: device.name } }
}
