import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { weakPasswordMark } from './weak_password_mark.ts'

test('data that was given a weak password is refused to others from then on, also by the next process', () => {
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-weak-'))

  expect(() => weakPasswordMark(data).refuse()).not.toThrow()
  expect(weakPasswordMark(data).stands()).toBe(false)
  weakPasswordMark(data).set()
  weakPasswordMark(data).set()

  expect(() => weakPasswordMark(data).refuse()).toThrow('loopback address')
  expect(weakPasswordMark(data).stands()).toBe(true)
})
