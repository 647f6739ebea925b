/** What an administrator does by the management API: people, roles, groups, applications, workflows, tenants, keys. */
import { must, type Scene } from './scene.ts'

export async function administers(scene: Scene): Promise<void> {
  const { administer, newName } = scene
  const [role, group, client, tenant] = [newName(), newName(), newName(), newName()]
  const userName = newName()
  await administer('PUT', `/roles/${role}`, { name: role, permissions: [] })
  const id = await scene.makePerson(userName, [role])
  await administer('PUT', `/groups/${group}`, { displayName: group, members: [userName] })
  await administer('PATCH', `/users/${id}`, { roles: [], active: false })
  const found = await administer('GET', `/users?userName=${userName}`)
  must(JSON.stringify(found).includes(id), 'the person is not found by name')
  await administer('GET', '/users')
  await administer('PUT', `/applications/${client}`, {
    client_id: client,
    client_name: 'Trial',
    redirect_uris: ['https://trial.example/back'],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_basic',
  })
  const { client_secret_id, id: secretId } = await administer('POST', `/applications/${client}/secrets`, {})
  await administer('DELETE', `/applications/${client}/secrets/${String(client_secret_id ?? secretId)}`).catch(() => {})
  await administer('GET', '/applications')
  await administer('DELETE', `/applications/${client}`)
  await administer('DELETE', `/groups/${group}`)
  await administer('DELETE', `/roles/${role}`)
  await administer('DELETE', `/users/${id}`)
  await administer('GET', '/requests')
  await administer('GET', `/audit?day=${new Date().toISOString().slice(0, 10)}`)
  await administer('POST', '/tenants', { id: tenant, display_name: 'Trial' }).catch(() =>
    administer('PUT', `/tenants/${tenant}`, { display_name: 'Trial' }),
  )
  await administer('GET', '/tenants')
  await administer('POST', '/keys/rotation', {})
  await scene.settled()
}
