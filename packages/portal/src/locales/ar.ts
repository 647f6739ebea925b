/** placeholder to be written */
export { en as ar } from './en.ts'
