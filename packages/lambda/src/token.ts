/** The function `token`: what applications, not people, ask for: tokens, keys, metadata. */
import { tokenApp } from '@gatehouse/http/token/app.ts'
import { doorFunction } from './door_function.ts'

export const handler = doorFunction({ token: tokenApp() })
