/** The bar, and one read of DynamoDB by a signed call without the SDK: the least that a stored application costs. */
import { request } from 'node:http'
import aws4 from 'aws4'
import { handler as bare } from './bare.ts'
import type { Event, Result } from './event.ts'

export async function handler(event: Event): Promise<Result> {
  await getItem()
  return bare(event)
}

function getItem(): Promise<void> {
  const endpoint = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '')
  const body = JSON.stringify({ TableName: process.env.GATEHOUSE_TABLE, Key: { pk: { S: 't#main' }, sk: { S: 'TENANT' } } })
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.GetItem' }
  const signed = aws4.sign(
    { host: endpoint.host, method: 'POST', path: '/', service: 'dynamodb', region: 'eu-central-1', headers, body },
    { accessKeyId: 'bench', secretAccessKey: 'bench' },
  )
  return new Promise((resolve, reject) => {
    const sending = request(
      { hostname: endpoint.hostname, port: endpoint.port, method: 'POST', path: '/', headers: signed.headers ?? {} },
      (answer) => {
        answer.resume().on('end', resolve)
      },
    )
    sending.on('error', reject).end(body)
  })
}
