/** Ready-made scripts. A new one is a file, and a line here. */
import { acrBased } from './acr_based.ts'
import { concurrentSessions } from './concurrent_sessions.ts'
import { countryBased } from './country_based.ts'
import { deviceBased } from './device_based.ts'
import { geoVelocity } from './geo_velocity.ts'
import { groupAccess } from './group_access.ts'
import { groupBased } from './group_based.ts'
import { ipBased } from './ip_based.ts'
import { loginAttempts } from './login_attempts.ts'
import { newDevice } from './new_device.ts'
import { officeHours } from './office_hours.ts'
import { outsideRisk } from './outside_risk.ts'
import { roleBased } from './role_based.ts'
import { signInOption } from './sign_in_option.ts'
import type { ScriptTemplate } from './template.ts'
import { userAge } from './user_age.ts'
import { userStore } from './user_store.ts'

export const TEMPLATES: readonly ScriptTemplate[] = [
  roleBased,
  groupBased,
  groupAccess,
  userAge,
  ipBased,
  countryBased,
  deviceBased,
  newDevice,
  acrBased,
  concurrentSessions,
  loginAttempts,
  geoVelocity,
  officeHours,
  userStore,
  signInOption,
  outsideRisk,
]
