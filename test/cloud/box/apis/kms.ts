/** KMS: symmetric keys in memory. A ciphertext opens only with its own key and the encryption context that it was made with. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type Api, AwsError, type Call, type Input, textOf } from '../aws/api.ts'
import { jsonProtocol } from '../aws/protocols.ts'
import type { Need } from '../iam/authority.ts'

type Blob = { readonly key: string; readonly iv: string; readonly tag: string; readonly data: string }

export function kmsApi(keyArns: readonly string[]): Api {
  const keys = new Map(keyArns.map((arn) => [arn, randomBytes(32)]))
  const find = (keyId: string): string => {
    const arn = keyArns.find((candidate) => candidate === keyId || candidate.endsWith(`:key/${keyId}`))
    if (arn === undefined) throw new AwsError('NotFoundException', `no key ${keyId}`)
    return arn
  }
  const need = (action: string, arn: string, input: Input): Need[] => {
    const context = contextOf(input)
    const named = Object.entries(context).map(([name, value]) => [`kms:encryptioncontext:${name.toLowerCase()}`, value])
    const known = { ...Object.fromEntries(named), 'kms:encryptioncontextkeys': Object.keys(context) }
    return [{ action: `kms:${action}`, resource: arn, context: known }]
  }
  const keyOf = ({ input }: Call) => find(textOf(input, 'KeyId'))
  const encrypt = (arn: string, plaintext: Buffer, input: Input): string => {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', keys.get(arn) ?? Buffer.alloc(0), iv).setAAD(associated(input))
    const data = Buffer.concat([cipher.update(plaintext), cipher.final()])
    const blob: Blob = {
      key: arn,
      iv: iv.toString('base64'),
      tag: cipher.getAuthTag().toString('base64'),
      data: data.toString('base64'),
    }
    return Buffer.from(JSON.stringify(blob)).toString('base64')
  }
  const decrypt = (input: Input): string => {
    const blob = parseBlob(input)
    const arn = find(blob.key)
    if (input.KeyId !== undefined && find(textOf(input, 'KeyId')) !== arn)
      throw new AwsError('IncorrectKeyException', 'the ciphertext was made with another key')
    try {
      const cipher = createDecipheriv('aes-256-gcm', keys.get(arn) ?? Buffer.alloc(0), Buffer.from(blob.iv, 'base64'))
        .setAAD(associated(input))
        .setAuthTag(Buffer.from(blob.tag, 'base64'))
      return Buffer.concat([cipher.update(Buffer.from(blob.data, 'base64')), cipher.final()]).toString('base64')
    } catch {
      throw new AwsError('InvalidCiphertextException', 'the ciphertext, or its encryption context, is another')
    }
  }
  return {
    prefix: 'kms',
    protocol: jsonProtocol('1.1', 'com.amazonaws.kms'),
    denial: { code: 'AccessDeniedException', status: 400 },
    operations: {
      GenerateDataKey: {
        needs: (call) => need('GenerateDataKey', keyOf(call), call.input),
        run: (call) => {
          const plaintext = randomBytes(call.input.KeySpec === 'AES_128' ? 16 : 32)
          const arn = keyOf(call)
          return { KeyId: arn, Plaintext: plaintext.toString('base64'), CiphertextBlob: encrypt(arn, plaintext, call.input) }
        },
      },
      GenerateDataKeyWithoutPlaintext: {
        needs: (call) => need('GenerateDataKeyWithoutPlaintext', keyOf(call), call.input),
        run: (call) => {
          const arn = keyOf(call)
          return { KeyId: arn, CiphertextBlob: encrypt(arn, randomBytes(call.input.KeySpec === 'AES_128' ? 16 : 32), call.input) }
        },
      },
      Encrypt: {
        needs: (call) => need('Encrypt', keyOf(call), call.input),
        run: (call) => {
          const arn = keyOf(call)
          return { KeyId: arn, CiphertextBlob: encrypt(arn, Buffer.from(textOf(call.input, 'Plaintext'), 'base64'), call.input) }
        },
      },
      Decrypt: {
        needs: ({ input }) => need('Decrypt', find(parseBlob(input).key), input),
        run: ({ input }) => ({ KeyId: find(parseBlob(input).key), Plaintext: decrypt(input) }),
      },
    },
  }
}

function parseBlob(input: Input): Blob {
  try {
    return JSON.parse(Buffer.from(textOf(input, 'CiphertextBlob'), 'base64').toString()) as Blob
  } catch {
    throw new AwsError('InvalidCiphertextException', 'no ciphertext')
  }
}

function contextOf({ EncryptionContext }: Input): Readonly<Record<string, string>> {
  return (EncryptionContext ?? {}) as Readonly<Record<string, string>>
}

function associated(input: Input): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(contextOf(input)).sort()))
}
