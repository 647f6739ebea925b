/** The function `consent`: what a person lets an application know and do. */
import { consentApp } from '@gatehouse/http/consent/app.ts'
import { doorFunction } from './door_function.ts'

export const handler = doorFunction({ consent: consentApp() })
