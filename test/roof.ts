/**
 * A house for what must hold on both roofs: `GATEHOUSE_ROOF=cloud` starts it in the box, anything else in this process. Tenants live by path here, each at a
 * host of its own there.
 */
import { type House, type HouseOptions, startHouse } from './house.ts'

/** In one process a change of the tenant's settings is seen at once; functions look for one after so long (`store/cached.ts`). */
export const SETTINGS_ARE_KEPT_MS = process.env.GATEHOUSE_ROOF === 'cloud' ? 5_500 : 0

export async function startHouseOfRoof(options: HouseOptions = {}): Promise<House> {
  if (process.env.GATEHOUSE_ROOF !== 'cloud') return startHouse(options)
  const { startCloudHouse } = await import('./cloud/cloud_house.ts')
  return startCloudHouse({ ...options, tenants: 'by_host' })
}
