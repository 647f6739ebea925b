/** The function `register`: people who come to the house for the first time, and the links that are mailed to them. */
import { registerApp } from '@gatehouse/http/register/app.ts'
import { doorFunction } from './door_function.ts'

export const handler = doorFunction({ register: registerApp() })
