import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openKeyfile } from './open_keyfile.ts'

const SECRET = new TextEncoder().encode('private key')
let directory = ''
let file = ''

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-keyfile-'))
  file = join(directory, 'data', 'master.key')
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

test('the first start makes a private key of 32 bytes, the next one finds it', async () => {
  const sealed = await openKeyfile(file).seal(SECRET, 'tenant main')

  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file)).toHaveLength(32)
  expect(readdirSync(join(directory, 'data'))).toEqual(['master.key'])
  expect(await openKeyfile(file).unseal(sealed, 'tenant main')).toEqual(SECRET)
})

test('one secret sealed twice looks different, and neither shows it', async () => {
  const vault = openKeyfile(file)

  const sealed = [await vault.seal(SECRET, 'c'), await vault.seal(SECRET, 'c')]

  expect(sealed[0]).not.toBe(sealed[1])
  expect(Buffer.from(sealed[0]?.slice(3) ?? '', 'base64url').includes(Buffer.from(SECRET))).toBe(false)
})

test('another context, another key, a changed or a foreign text do not open', async () => {
  const vault = openKeyfile(file)
  const sealed = await vault.seal(SECRET, 'tenant main')
  const changed = sealed.slice(0, -2) + (sealed.at(-2) === 'A' ? 'B' : 'A') + sealed.at(-1)
  const closed = 'The sealed text was changed, or belongs to another context or key.'

  await expect(vault.unseal(sealed, 'tenant other')).rejects.toThrow(closed)
  await expect(vault.unseal(changed, 'tenant main')).rejects.toThrow(closed)
  await expect(vault.unseal('k1.AAAA', 'tenant main')).rejects.toThrow(closed)
  await expect(vault.unseal(`k2.${sealed.slice(3)}`, 'tenant main')).rejects.toThrow(closed)
  await expect(openKeyfile(join(directory, 'other.key')).unseal(sealed, 'tenant main')).rejects.toThrow(closed)
})

test('a derived key is the same at every start, and another for every purpose', async () => {
  const first = await openKeyfile(file).derive('cookies of main')

  expect(first).toHaveLength(32)
  expect(await openKeyfile(file).derive('cookies of main')).toEqual(first)
  expect(await openKeyfile(file).derive('cookies of other')).not.toEqual(first)
  await expect(openKeyfile(file).derive('\0gatehouse seal')).rejects.toThrow(TypeError)
})

test('a key that others can read is refused, with the way to mend it', () => {
  openKeyfile(file)
  chmodSync(file, 0o640)

  expect(() => openKeyfile(file)).toThrow(`can be read by others (mode 640). Make it private: chmod 600 ${file}`)
})

test('a damaged key is refused, not replaced', () => {
  openKeyfile(file)
  writeFileSync(file, 'short')

  expect(() => openKeyfile(file)).toThrow('has 5 bytes, not 32')
  expect(readFileSync(file, 'utf8')).toBe('short')
})
