/** One cold start: imports the bundle that it is told, gives it one event, and says the status. What Lambda does, without Lambda. */
const { handler } = await import(process.env.BENCH_BUNDLE)
const { statusCode, body } = await handler(JSON.parse(process.env.BENCH_EVENT), {})
const { userCPUTime, systemCPUTime } = process.resourceUsage()
process.stdout.write(JSON.stringify({ statusCode, bytes: body.length, cpu: (userCPUTime + systemCPUTime) / 1000 }), () => process.exit())
