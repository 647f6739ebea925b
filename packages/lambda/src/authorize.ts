/** The function `authorize`: where people are sent to sign in and out. */
import { authorizeApp } from '@gatehouse/http/authorize/app.ts'
import { doorFunction } from './door_function.ts'

export const handler = doorFunction({ authorize: authorizeApp() }, { certificates: () => import('./client_certificate.ts') })
