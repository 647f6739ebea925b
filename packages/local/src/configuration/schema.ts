/** The published JSON Schema of configuration files, for editors and other programs: made from the schema that checks them. */
import { configurationSchema } from '@gatehouse/http/admin/schema/configuration.ts'
import { z } from 'zod'

export function configurationJsonSchema(): object {
  return {
    ...z.toJSONSchema(configurationSchema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' }),
    title: 'Gatehouse configuration',
    description: 'What gatehouse apply, gatehouse export and --seed read and write, as JSON or YAML.',
  }
}
