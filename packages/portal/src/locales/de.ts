/** placeholder to be written */
export { en as de } from './en.ts'
