/** What the functions find when they start: DynamoDB Local with a house in it, a KMS that opens its master key, and the keys that the rivals have of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CreateTableCommand, DynamoDBClient, type KeySchemaElement } from '@aws-sdk/client-dynamodb'
import { adminApp } from '@gatehouse/http/admin/app.ts'
import { ensureDefaultTenant } from '@gatehouse/http/admin/ensure_default_tenant.ts'
import { openFront } from '@gatehouse/http/front.ts'
import { parseDoor } from '@gatehouse/lambda/environment.ts'
import { openBackgroundHouse } from '@gatehouse/lambda/house.ts'
import { openDoorPorts } from '@gatehouse/lambda/ports.ts'
import { parseConfiguration } from '@gatehouse/local/configuration/read_file.ts'
import { seed } from '@gatehouse/local/first_start.ts'
import { exportJWK, generateKeyPair } from 'jose'
import { CLIENT, SCOPE } from '../servers/client.ts'
import { freePort } from '../servers/free_port.ts'

export type World = { readonly environment: Readonly<Record<string, string>>; close(): Promise<void> }

export const ORIGIN = 'https://d111111abcdef8.example.net'
export const DOOR_SECRET = 'the-front-doors-secret-of-the-bench'

/** `directory`: of DynamoDB Local. */
export async function openWorld(directory: string): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-cold-'))
  const [store, kms] = await Promise.all([startStore(directory), startKms()])
  const environment = {
    GATEHOUSE_STAGE: 'bench',
    GATEHOUSE_TABLE: 'gatehouse',
    GATEHOUSE_VAULT: 'kms:arn:aws:kms:eu-central-1:123456789012:key/bench',
    GATEHOUSE_DOOR_SECRETS: DOOR_SECRET,
    GATEHOUSE_ORIGIN: ORIGIN,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL_DYNAMODB: store.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
    BENCH_KEY: JSON.stringify(await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)),
    BENCH_OPENAUTH: join(folder, 'openauth.json'),
  }
  try {
    await furnish(environment)
  } catch (error) {
    await Promise.all([store.close(), kms.close()])
    throw error
  }
  return {
    environment,
    close: async () => {
      await Promise.all([store.close(), kms.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function furnish(environment: Readonly<Record<string, string>>): Promise<void> {
  const client = new DynamoDBClient({
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    region: 'eu-central-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  })
  await client.send(
    new CreateTableCommand({
      TableName: environment.GATEHOUSE_TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'ipk', 'isk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: 'sparse', KeySchema: keys('ipk', 'isk'), Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['label'] } },
      ],
    }),
  )
  client.destroy()
  const ports = { ...openDoorPorts(parseDoor(environment)), log: { write() {} } }
  await ports.vault.ensure()
  const house = openBackgroundHouse(ports, { origin: ORIGIN, baseDomain: undefined })
  const ctx = await ensureDefaultTenant(house)
  const front = openFront(house, { admin: adminApp() }, () => new Response('', { status: 404 }))
  const configuration = { tenants: [{ id: 'main', applications: [{ ...CLIENT, scope: SCOPE }] }] }
  await seed(ctx, (request) => front(request, { ip: '127.0.0.1' }), parseConfiguration(JSON.stringify(configuration), 'bench'))
}

function keys(partition: string, sort: string): KeySchemaElement[] {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ]
}

type Running = { readonly endpoint: string; close(): Promise<void> }

/** What it seals is the key itself: a loopback has nobody to hide it from. */
async function startKms(): Promise<Running> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { CiphertextBlob } = JSON.parse(Buffer.concat(chunks).toString()) as { CiphertextBlob?: string }
    const made = Buffer.alloc(32, 7).toString('base64')
    response.end(JSON.stringify(CiphertextBlob === undefined ? { CiphertextBlob: made } : { Plaintext: CiphertextBlob }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

export function hasStore(directory: string): boolean {
  return directory !== '' && existsSync(join(directory, 'DynamoDBLocal.jar'))
}

async function startStore(directory: string): Promise<Running> {
  const port = await freePort()
  const libraries = `-Djava.library.path=${join(directory, 'DynamoDBLocal_lib')}`
  const words = ['-Xmx256m', libraries, '-jar', 'DynamoDBLocal.jar', '-inMemory', '-port', String(port)]
  const child = spawn('java', words, { cwd: directory, stdio: 'ignore' })
  const endpoint = `http://127.0.0.1:${port}`
  await answers(child, endpoint)
  return {
    endpoint,
    close: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

async function answers(child: ChildProcess, endpoint: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended with ${child.exitCode} before it answered`)
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    )
      return
    await pause(100)
  }
  throw new Error('DynamoDB Local did not answer within 30 s')
}
