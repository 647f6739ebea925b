/** Runs the samples by themselves: `npx node samples/pickup/src/main.ts`. samples/README.md lists the environment. */
import { startSamples } from './start_samples.ts'

const environment = process.env
const port = Number(environment.SAMPLES_PORT ?? 8080)
const issuer = environment.SAMPLES_ISSUER ?? 'http://localhost:9443/t/main'

const samples = await startSamples({
  port,
  hostname: environment.SAMPLES_HOST ?? '127.0.0.1',
  origin: environment.SAMPLES_ORIGIN ?? `http://localhost:${port}`,
  dataDir: environment.SAMPLES_DATA,
  log: (line) => console.error(line),
  applications: [
    {
      path: '/pickup-dispatch',
      name: 'Pickup Dispatch',
      issuer,
      client_id: environment.DISPATCH_CLIENT_ID ?? 'pickup-dispatch',
      client_secret: required('DISPATCH_CLIENT_SECRET'),
    },
    {
      path: '/pickup-manager',
      name: 'Pickup Manager',
      issuer,
      client_id: environment.MANAGER_CLIENT_ID ?? 'pickup-manager',
      client_secret: required('MANAGER_CLIENT_SECRET'),
    },
  ],
})
console.log(`Pickup is open at ${samples.origin}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void samples.close())

function required(name: string): string {
  const value = environment[name]
  if (value === undefined || value === '') {
    console.error(`${name} is not set. It is the secret that the application was registered with.`)
    process.exit(2)
  }
  return value
}
