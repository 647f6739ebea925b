/** What AWS would answer, as far as one resource is made of another's answers: ids, arns, addresses. The same each time. */
import { hash } from 'node:crypto'
import type { Answers } from './plan.ts'
import { renderPolicyDocument } from './policy_document.ts'

export const ACCOUNT = '123456789012'
export const REGION = 'eu-central-1'

type Asked = { readonly type: string; readonly name: string; readonly inputs: Readonly<Record<string, unknown>>; readonly id?: string }
type Answered = { readonly id: string; readonly outputs: Record<string, unknown> }

export function answerResource(asked: Asked, answers: Answers): Answered {
  const known = RESOURCES[asked.type]
  const answered = known ? known(asked) : { id: asked.id ?? String(asked.inputs.name ?? asked.name), outputs: {} }
  return { id: answered.id, outputs: { ...answered.outputs, ...answers[asked.type], ...answers[asked.name] } }
}

export function answerCall(token: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const known = CALLS[token]
  if (!known) throw new Error(`the plan has no answer to ${token}; add it to infra/plan/answers.ts`)
  return known(inputs)
}

const CALLS: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>>> = {
  'aws:index/getRegion:getRegion': () => ({ region: REGION, name: REGION, id: REGION }),
  'aws:index/getPartition:getPartition': () => ({ partition: 'aws', dnsSuffix: 'amazonaws.com', id: 'aws' }),
  'aws:index/getCallerIdentity:getCallerIdentity': () => ({
    accountId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:user/deployer`,
    id: ACCOUNT,
  }),
  'aws:route53/getZone:getZone': ({ name }) => ({ name, zoneId: `Z${digits(String(name), 12)}`, id: `Z${digits(String(name), 12)}` }),
  'aws:iam/getPolicyDocument:getPolicyDocument': (inputs) => ({
    ...inputs,
    json: renderPolicyDocument(inputs),
    id: digits(JSON.stringify(inputs), 10),
  }),
}

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise)
const digits = (of: string, length: number): string =>
  BigInt(`0x${hash('sha256', of)}`)
    .toString(10)
    .slice(0, length)
const letters = (of: string, length: number): string =>
  hash('sha256', of)
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'g')
    .slice(0, length)
const uuid = (of: string): string => hash('sha256', of).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`

/** Named by an input; its arn is of one form. */
const named =
  (service: string, kind: string, field = 'name') =>
  ({ name, inputs }: Asked): Answered => {
    const id = text(inputs[field], name)
    return { id, outputs: { [field]: id, arn: arn(service, `${kind}${id}`) } }
  }

const RESOURCES: Readonly<Record<string, (asked: Asked) => Answered>> = {
  'aws:dynamodb/table:Table': (asked) => {
    const { id, outputs } = named('dynamodb', 'table/')(asked)
    return {
      id,
      outputs: { ...outputs, streamLabel: '2026-01-01T00:00:00.000', streamArn: `${outputs.arn}/stream/2026-01-01T00:00:00.000` },
    }
  },
  'aws:lambda/function:Function': (asked) => {
    const { id, outputs } = named('lambda', 'function:')(asked)
    const invokeArn = `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${outputs.arn}/invocations`
    return {
      id,
      outputs: { ...outputs, invokeArn, version: '1', qualifiedArn: `${outputs.arn}:1`, lastModified: '2026-01-01T00:00:00.000+0000' },
    }
  },
  'aws:lambda/functionUrl:FunctionUrl': ({ name, inputs }) => {
    const urlId = letters(name, 32)
    return { id: text(inputs.functionName, name), outputs: { urlId, functionUrl: `https://${urlId}.lambda-url.${REGION}.on.aws/` } }
  },
  'aws:lambda/eventSourceMapping:EventSourceMapping': ({ name }) => ({
    id: uuid(name),
    outputs: { uuid: uuid(name), arn: arn('lambda', `event-source-mapping:${uuid(name)}`) },
  }),
  'aws:iam/role:Role': ({ name, inputs }) => {
    const id = text(inputs.name, name)
    return { id, outputs: { name: id, arn: `arn:aws:iam::${ACCOUNT}:role/${id}`, uniqueId: `AROA${letters(id, 17).toUpperCase()}` } }
  },
  'aws:cloudwatch/logGroup:LogGroup': named('logs', 'log-group:'),
  'aws:cloudwatch/metricAlarm:MetricAlarm': named('cloudwatch', 'alarm:'),
  'aws:cloudwatch/eventRule:EventRule': named('events', 'rule/'),
  'aws:sfn/stateMachine:StateMachine': (asked) => {
    const { outputs } = named('states', 'stateMachine:')(asked)
    return { id: String(outputs.arn), outputs }
  },
  'aws:sqs/queue:Queue': (asked) => {
    const { id, outputs } = named('sqs', '')(asked)
    const url = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${id}`
    return { id: url, outputs: { ...outputs, url } }
  },
  'aws:sns/topic:Topic': (asked) => {
    const { outputs } = named('sns', '')(asked)
    return { id: String(outputs.arn), outputs }
  },
  'aws:kms/key:Key': ({ name }) => ({ id: uuid(name), outputs: { keyId: uuid(name), arn: arn('kms', `key/${uuid(name)}`) } }),
  'aws:kms/alias:Alias': named('kms', ''),
  'aws:ssm/parameter:Parameter': ({ name, inputs }) => {
    const id = text(inputs.name, name)
    return { id, outputs: { name: id, arn: arn('ssm', `parameter/${id.replace(/^\//, '')}`) } }
  },
  'aws:s3/bucket:Bucket': bucket,
  'aws:s3/bucketV2:BucketV2': bucket,
  'aws:sesv2/emailIdentity:EmailIdentity': (asked) => {
    const { id, outputs } = named('ses', 'identity/', 'emailIdentity')(asked)
    const tokens = [1, 2, 3].map((index) => letters(`${id}${index}`, 32))
    return { id, outputs: { ...outputs, identityType: id.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN', dkimSigningAttributes: { tokens } } }
  },
  'aws:sesv2/configurationSet:ConfigurationSet': named('ses', 'configuration-set/', 'configurationSetName'),
  'aws:acm/certificate:Certificate': ({ name, inputs }) => {
    const domain = text(inputs.domainName, name)
    const option = {
      domainName: domain,
      resourceRecordName: `_${letters(domain, 32)}.${domain.replace(/^\*\./, '')}.`,
      resourceRecordType: 'CNAME',
      resourceRecordValue: `_${letters(`${domain}value`, 32)}.acm-validations.aws.`,
    }
    // CloudFront takes certificates of this region only
    const certificateArn = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/${uuid(domain)}`
    return { id: certificateArn, outputs: { arn: certificateArn, domainValidationOptions: [option] } }
  },
  'aws:acm/certificateValidation:CertificateValidation': ({ name, inputs }) => ({
    id: name,
    outputs: { certificateArn: inputs.certificateArn },
  }),
  'aws:route53/record:Record': ({ name, inputs }) => ({ id: name, outputs: { fqdn: inputs.name } }),
  'aws:cloudfront/distribution:Distribution': distribution,
  'aws:cloudfront/multitenantDistribution:MultitenantDistribution': distribution,
  'aws:cloudfront/function:Function': ({ name, inputs }) => {
    const id = text(inputs.name, name)
    return { id, outputs: { name: id, arn: `arn:aws:cloudfront::${ACCOUNT}:function/${id}` } }
  },
  'aws:cloudfront/keyValueStore:KeyValueStore': ({ name, inputs }) => {
    const id = text(inputs.name, name)
    return { id, outputs: { name: id, arn: `arn:aws:cloudfront::${ACCOUNT}:key-value-store/${uuid(name)}`, etag: 'ETVPDKIKX0DER' } }
  },
  'aws:cloudfront/cachePolicy:CachePolicy': ({ name }) => ({ id: uuid(name), outputs: {} }),
  'aws:cloudfront/originRequestPolicy:OriginRequestPolicy': ({ name }) => ({ id: uuid(name), outputs: {} }),
  'aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy': ({ name }) => ({ id: uuid(name), outputs: {} }),
  'aws:cloudfront/originAccessControl:OriginAccessControl': ({ name }) => ({ id: `E${letters(name, 13).toUpperCase()}`, outputs: {} }),
  'aws:cloudfront/connectionGroup:ConnectionGroup': ({ name }) => {
    const id = `cg_${letters(name, 20)}`
    const arn = `arn:aws:cloudfront::${ACCOUNT}:connection-group/${id}`
    return { id, outputs: { arn, routingEndpoint: `d${letters(name, 13)}.cloudfront.net` } }
  },
  'aws:wafv2/webAcl:WebAcl': ({ name }) => ({
    id: uuid(name),
    outputs: { arn: `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/${name}/${uuid(name)}` },
  }),
  'random:index/randomBytes:RandomBytes': ({ name }) => {
    const bytes = Buffer.from(hash('sha256', name), 'hex')
    return { id: name, outputs: { base64: bytes.toString('base64'), hex: bytes.toString('hex') } }
  },
  'random:index/randomPassword:RandomPassword': ({ name, inputs }) => ({
    id: 'none',
    outputs: { result: letters(name, Number(inputs.length)) },
  }),
}

function bucket({ name, inputs }: Asked): Answered {
  const id = text(inputs.bucket, `${text(inputs.bucketPrefix, `${name.toLowerCase()}-`)}planned`)
  return {
    id,
    outputs: {
      bucket: id,
      arn: `arn:aws:s3:::${id}`,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${id}.s3.${REGION}.amazonaws.com`,
    },
  }
}

function distribution({ name }: Asked): Answered {
  const id = `E${letters(name, 13).toUpperCase()}`
  return {
    id,
    outputs: {
      arn: `arn:aws:cloudfront::${ACCOUNT}:distribution/${id}`,
      domainName: `d${letters(name, 13)}.cloudfront.net`,
      hostedZoneId: 'Z2FDTNDATAQYW2',
    },
  }
}
