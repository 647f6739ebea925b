/** What DNS says, asked over the wire of a name server on loopback. */
import { openNames } from '@gatehouse/adapters/dns/open_names.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type NameServer, openNameServer } from '../fixture/name_server.ts'

let server: NameServer
beforeEach(async () => {
  server = await openNameServer()
})
afterEach(() => server.close())

test('the parts of a text are one text, and a name leads on in small letters', async () => {
  const names = openNames({ servers: [server.address] })
  server.records.set('TXT _x.acme.example', ['gatehouse-domain=a-value-longer-than-one-part', 'another'])
  server.records.set('CNAME login.acme.example', ['D111.CloudFront.net'])

  expect([...(await names.txt('_x.acme.example'))].sort()).toEqual(['another', 'gatehouse-domain=a-value-longer-than-one-part'])
  expect(await names.cname('login.acme.example')).toEqual(['d111.cloudfront.net'])
})

test('a name that is not there has no records', async () => {
  const names = openNames({ servers: [server.address] })

  expect([await names.txt('nobody.example'), await names.cname('nobody.example')]).toEqual([[], []])
})

test('name servers that do not answer are an outage, and soon one', async () => {
  const names = openNames({ servers: [server.address], timeoutMilliseconds: 100 })
  server.silent = true

  await expect(names.txt('acme.example')).rejects.toMatchObject({ code: 'unavailable' })
})
