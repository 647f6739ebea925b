/** The function `account`: My Account's page and what it asks for. Its scripts and styles lie in a bucket behind the front door. */
import { accountApp } from '@gatehouse/http/account/app.ts'
import { doorFunction } from './door_function.ts'
import { portalManifest } from './portal_manifest.ts'

export const handler = doorFunction({ account: accountApp() }, { portal: portalManifest })
