/** A house for what must hold on both roofs: `GATEHOUSE_ROOF=cloud` starts it in the box, anything else in this process. */
import { type House, type HouseOptions, startHouse } from './house.ts'

export async function startHouseOfRoof(options: HouseOptions = {}): Promise<House> {
  if (process.env.GATEHOUSE_ROOF !== 'cloud') return startHouse(options)
  const { startCloudHouse } = await import('./cloud/cloud_house.ts')
  return startCloudHouse(options)
}
