/** Permissions of the management API, which tokens for it carry as scopes, and the two built-in roles made of them. */

/** Permission -> what it allows, in plain words. */
export const PERMISSIONS = {
  'tenants:read': 'see all tenants',
  'tenants:write': 'create, change and suspend tenants, and act within them',
  'tenant:read': 'see the settings of the tenant',
  'tenant:write': 'change the settings of the tenant',
  'applications:read': 'see applications',
  'applications:write': 'create, change and remove applications and their secrets',
  'users:read': 'see people, groups and roles',
  'users:write': 'create, change and remove people, groups and roles',
  'passwords:import': 'bring in hashes of passwords from other systems, and say where people are looked up who were not brought in',
  'workflows:read': 'see workflows, associations and requests',
  'workflows:write': 'change workflows and associations',
  'keys:rotate': 'rotate signing keys',
  'audit:read': 'read the audit record',
  'tokens:introspect': 'see whether an access token of any application stands',
} as const

export type Permission = keyof typeof PERMISSIONS

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text)
}

const PLATFORM: readonly Permission[] = ['tenants:read', 'tenants:write']

/** Made with each tenant; `platform-admin` with the default tenant only. They cannot be changed. */
export const BUILT_IN_ROLES = {
  'tenant-admin': (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => !PLATFORM.includes(permission)),
  'platform-admin': PLATFORM,
} as const satisfies Record<string, readonly Permission[]>

export function isBuiltInRole(name: string): name is keyof typeof BUILT_IN_ROLES {
  return Object.hasOwn(BUILT_IN_ROLES, name)
}
