/** Tenants' hosts and the certificates' host share a certificate: a browser takes one connection for both, over which nobody was asked for theirs. */
import { certificateHref } from '@gatehouse/identity/certificates/handover.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CertificateEdge, openCertificateEdge } from '../fixture/certificate_edge.ts'
import { openBrowser } from './browser.ts'

let edge: CertificateEdge
let browser: Browser

beforeAll(async () => {
  edge = await openCertificateEdge()
  browser = await openBrowser(edge.keyHash)
})
afterAll(async () => {
  await browser.close()
  await edge.close()
})

test('a browser with a connection to the tenant comes to the certificates’ host on one of its own; who has none to show is led back', async () => {
  const page = await browser.newPage()
  await page.goto(`https://${edge.tenantHost}/privacy-policy`)
  const href = await certificateHref(edge.ctx, { purpose: 'first', boundTo: 'int_of_somebody_1' })

  // As the sign-in does: a redirect from a page of the tenant.
  await page.evaluate((to) => window.location.assign(to), String(href))
  await page.waitForURL(/\/login\/certificate\?interaction=int_of_somebody_1&proof=/)

  const there = edge.seen.filter((line) => line.includes(`for ${edge.certificateHost}`))
  expect(there).toEqual([
    `421 for ${edge.certificateHost} over main.id.localhost`,
    `421 for ${edge.certificateHost} over mtls.id.localhost`,
    `303 for ${edge.certificateHost} over mtls.id.localhost`,
  ])
  expect(new URL(page.url()).host).toBe(edge.tenantHost)
})
