/** The level of a request's risk before anybody says who they are, once for each request. Loaded where a captcha is shown by it. */
import type { RiskLevel } from '@gatehouse/core/risk/risk_policy.ts'
import { openKnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { judgeRequest } from '@gatehouse/identity/request_risk.ts'
import { readKnownBrowserCookie } from './cookies.ts'
import type { HouseContext } from './house.ts'

const judged = new WeakMap<Request, Promise<RiskLevel | undefined>>()

export function levelOfRequest(c: HouseContext): Promise<RiskLevel | undefined> {
  const found = judged.get(c.req.raw) ?? judge(c)
  judged.set(c.req.raw, found)
  return found
}

async function judge(c: HouseContext): Promise<RiskLevel | undefined> {
  const { here } = c.env
  return (await judgeRequest(here, await openKnownBrowser(here, readKnownBrowserCookie(c))))?.level
}
