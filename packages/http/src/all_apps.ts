/** Every app by its name, for a roof that runs them all in one process. In the cloud each is a function of its own, and loads no other. */
import { accountApp } from './account/app.ts'
import { adminApp } from './admin/app.ts'
import { approveApp } from './approve/app.ts'
import { authorizeApp } from './authorize/app.ts'
import { consentApp } from './consent/app.ts'
import type { Apps } from './front.ts'
import { registerApp } from './register/app.ts'
import { tokenApp } from './token/app.ts'

export function allApps(): Apps {
  return {
    authorize: authorizeApp(),
    token: tokenApp(),
    register: registerApp(),
    approve: approveApp(),
    consent: consentApp(),
    account: accountApp(),
    admin: adminApp(),
  }
}
