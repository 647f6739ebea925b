/** What a deployment does besides making resources: it uploads files, and calls a function once. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredObject } from '../apis/s3.ts'
import { functionArn } from './policies.ts'
import { fieldsOf, optionalText, type Plan, resourcesOf, textOf } from './resources.ts'

export type Asset = { readonly bucket: string; readonly key: string; readonly object: StoredObject }

/** Files of the plan that lie in `.build/cloud_assets` there lie in `folder` here. */
export function readAssets(plan: Plan, folder: string): Asset[] {
  return resourcesOf(plan, 'object').flatMap((resource) => {
    const key = textOf(resource, 'key')
    if (!existsSync(join(folder, key))) return []
    const object = {
      body: readFileSync(join(folder, key)),
      contentType: optionalText(resource, 'contentType') ?? 'application/octet-stream',
      cacheControl: optionalText(resource, 'cacheControl'),
      modifiedAt: Date.now(),
    }
    return [{ bucket: textOf(resource, 'bucket'), key, object }]
  })
}

export function readInvocations(plan: Plan): { readonly functionArn: string; readonly input: unknown }[] {
  return plan.resources
    .filter(({ type }) => type === 'aws:lambda/invocation:Invocation')
    .map((resource) => ({ functionArn: functionArn(plan, fieldsOf(resource)), input: JSON.parse(textOf(resource, 'input')) }))
}
