/** SSM's parameters in memory: `PutParameter` without `Overwrite` refuses a name that is taken, which is how two first starts agree on one key. */

import { type Api, AwsError, type Call, textOf } from '../aws/api.ts'
import { jsonProtocol } from '../aws/protocols.ts'
import type { Need } from '../iam/authority.ts'

type Parameter = { readonly Name: string; readonly Type: string; readonly Value: string; readonly Version: number }

export function ssmApi(region: string, account: string, initial: ReadonlyMap<string, Pick<Parameter, 'Type' | 'Value'>> = new Map()): Api {
  const parameters = new Map<string, Parameter>([...initial].map(([Name, given]) => [Name, { Name, Version: 1, ...given }]))
  const arn = (name: string) => `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`
  const need =
    (action: string) =>
    ({ input }: Call): Need[] => [{ action: `ssm:${action}`, resource: arn(textOf(input, 'Name')) }]
  return {
    prefix: 'ssm',
    protocol: jsonProtocol('1.1', 'com.amazonaws.ssm'),
    denial: { code: 'AccessDeniedException', status: 400 },
    operations: {
      GetParameter: {
        needs: need('GetParameter'),
        run: ({ input }) => {
          const found = parameters.get(textOf(input, 'Name'))
          if (!found) throw new AwsError('ParameterNotFound', '')
          const sealed = found.Type === 'SecureString' && input.WithDecryption !== true
          return { Parameter: { ...found, ...(sealed && { Value: 'sealed' }), ARN: arn(found.Name) } }
        },
      },
      PutParameter: {
        needs: need('PutParameter'),
        run: ({ input }) => {
          const [name, value] = [textOf(input, 'Name'), textOf(input, 'Value')]
          const found = parameters.get(name)
          if (found && input.Overwrite !== true) throw new AwsError('ParameterAlreadyExists', 'The parameter already exists.')
          const version = (found?.Version ?? 0) + 1
          parameters.set(name, { Name: name, Type: String(input.Type ?? found?.Type ?? 'String'), Value: value, Version: version })
          return { Version: version, Tier: 'Standard' }
        },
      },
    },
  }
}
