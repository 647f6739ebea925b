/** Known vectors of every form that is taken, read by the very functions that an import uses. */
import { type ImportedHash, importHash } from '@gatehouse/core/password_hash/notations.ts'
import { describe, expect, test } from 'vitest'
import { verifyForeign } from './verify_foreign.ts'

type Vector = readonly [password: string, hash: ImportedHash]

const TABLE = 't\u00e1\u0411\u2113\u0259'
const WAV = '\u0399\u03c9\u03b1\u03bd\u03bd\u03b7\u03c2'

/** Where they come from -> the vectors. */
const VECTORS: Readonly<Record<string, readonly Vector[]>> = {
  'bcrypt: passlib 1.7.4, of John the Ripper and Openwall': [
    ['U*U*U*U*', '$2a$05$c92SVSfjeiCD6F2nAD6y0uBpJDjdRkt0EgeC4/31Rf2LUZbDRDE.O'],
    ['U*U***U', '$2a$05$WY62Xk2TXZ7EvVDQ5fmjNu7b0GEzSzUXUh2cllxJwhtOeMtWV3Ujq'],
    ['\u0451', '$2y$05$6bNw2HLQYeqHYyBfLMsv/OUcZd0LKP39b87nBw3.S2tVZSqiQX6eu'],
    ['U*U***U', 'bcrypt$$2b$05$WY62Xk2TXZ7EvVDQ5fmjNu7b0GEzSzUXUh2cllxJwhtOeMtWV3Ujq'],
    ['U*U***U', '{BCRYPT}$2a$05$WY62Xk2TXZ7EvVDQ5fmjNu7b0GEzSzUXUh2cllxJwhtOeMtWV3Ujq'],
    [
      '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored',
      '$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui',
    ],
  ],
  'scrypt: RFC 7914 section 12 as passlib 1.7.4 writes it': [
    ['password', '$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI'],
    ['pleaseletmein', '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI'],
    [TABLE, '$scrypt$ln=7,r=8,p=1$jjGmtDamdA4BQAjBeA9BSA$OiWRHhQtpDx7M/793x6UXK14AD512jg/qNm/hkWZG4M'],
  ],
  'Firebase: github.com/firebase/scrypt, README': [
    [
      'user1password',
      {
        algorithm: 'firebase-scrypt',
        hash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
        salt: '42xEC+ixf3L2lw==',
        signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
        saltSeparator: 'Bw==',
        rounds: 8,
        memCost: 14,
      },
    ],
    [
      'user1password',
      '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
    ],
  ],
  'PBKDF2: WSO2, identity-hash-provider-pbkdf2, PBKDF2HashProviderTest': [
    [
      'nisho123',
      {
        algorithm: 'pbkdf2-sha256',
        iterations: 10_000,
        salt: 'GzgyTT0M0TSvgMaXZEbD1Q==',
        encoding: 'hex',
        hash: '295fe5dbc666f75b31ff15a57b2582968a0f7dc6f53cd6799c0d0e3971626061',
      },
    ],
    [
      'john123',
      {
        algorithm: 'pbkdf2-sha1',
        iterations: 25_000,
        salt: 'GzgyTT0IOweHJgcXZEbD1Q==',
        encoding: 'hex',
        hash: 'fad16c9ffc6f877b4b2cfada3596dcef4259ccaa7240c1a9ac64731b58c0c0d59653cf98e599f84212ea52fdcd507d7063d9601444594ff817a5de6f930ee374',
      },
    ],
  ],
  'PBKDF2: Django 1.4, by passlib 1.7.4': [
    ['not a password', 'pbkdf2_sha256$10000$kjVJaVz6qsnJ$5yPHw3rwJGECpUf70daLGhOrQ5+AMxIJdz1c3bqK1Rs='],
    [TABLE, 'pbkdf2_sha1$10000$KZKWwvqb8BfL$rw5pWsxJEU4JrZAQhHTCO+u0f5Y='],
  ],
  'PBKDF2: passlib 1.7.4 and OpenLDAP': [
    ['password', '$pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ'],
    [
      WAV,
      '$pbkdf2-sha512$1212$KkbvoKGsAIcF8IslDR6skQ$8be/PRmd88Ps8fmPowCJttH9G3vgxpG.Krjt3KT.NP6cKJ0V4Prarqf.HBwz0dCkJ6xgWnSj2ynXSV7MlvMa8Q',
    ],
    ['password', '{PBKDF2}1212$OB.dtnSEXZK8U5cgxU/GYQ$y5LKPOplRmok7CZp/aqVDVg8zGI'],
    ['password', '{PBKDF2-SHA256}1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ'],
  ],
  'Keycloak: a credential of a realm export': [
    [
      'RdaRfqP7Y89vy2',
      {
        secretData:
          '{"value":"ZXVC08Hf4jBOoYzVoNWYjQijsMC2oc/OUa9LciiIJ/1XHPF/qPiY1DqwLLDN2hYFmf/1kApkveD8/Pr7GVqjgw==","salt":"Td6XuopYK6JNfUnIlqYMOQ==","additionalParameters":{}}',
        credentialData: '{"hashIterations":27500,"algorithm":"pbkdf2-sha256","additionalParameters":{}}',
      },
    ],
    [
      'iceberg',
      {
        secretData: '{"value":"BuViHNDGmCq80fvpty/QoggTI8NSt0CuNDGgeoa5f5A=","salt":"RJ0aLMQ2qKbZuROs7qQhcA==","additionalParameters":{}}',
        credentialData:
          '{"hashIterations":5,"algorithm":"argon2","additionalParameters":{"hashLength":["32"],"memory":["7168"],"type":["id"],"version":["1.3"],"parallelism":["1"]}}',
      },
    ],
  ],
  'Argon2: argon2_cffi and the reference tool, by passlib 1.7.4': [
    ['password', '$argon2i$v=19$m=256,t=1,p=1$c29tZXNhbHQ$AJFIsNZTMKTAewB4+ETN1A'],
    ['password', 'argon2$argon2i$v=19$m=380,t=2,p=2$c29tZXNhbHQ$SrssP8n7m/12VWPM8dvNrw'],
    ['password', '$argon2d$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$cZn5d+rFh+ZfuRhm2iGUGgcrW5YLeM6q7L3vBsdmFA0'],
    ['password', '$argon2id$v=19$m=65536,t=2,p=4$c29tZXNhbHQ$GpZ3sK/oH9p7VIiV56G/64Zo/8GaUw434IimaPqxwCo'],
  ],
  'LDAP: passlib 1.7.4, of directory servers': [
    ['helloworld', '{SHA}at+xg6SiyUovktq1redipHiJpaE='],
    ['testing123', '{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr'],
    ['secret', '{SSHA}0H+zTv8o4MR4H43n03eCsvw1luG8LdB7'],
    ['test', '{SSHA}P90+qijSp8MJ1tN25j5o1PflUvlqjXHOGeOckw=='],
    ['letm\u00e8\u00efn', '{SSHA256}km7UjUTBZN8a+gf1ND2/qn15N7LsO/jmGYJXvyTfJKAbI0RoLWWslQ=='],
    ['toomanysecrets', '{SSHA512}wExp4xjiCHS0zidJDC4UJq9EEeIebAQPJ1PWSwfhxWjfutI9XiiKuHm2AE41cEFfK+8HyI8bh+ztbczUGsvVFIgICWWPt7qu'],
  ],
  'MD5-crypt: John the Ripper, and Apache\u2019s manual': [
    ['U*U*U*U*', '$1$dXc3I7Rw$ctlgjDdWJLMT.qwHsWhXR1'],
    ['test', '$1$SuMrG47N$ymvzYjr7QcEQjaK5m1PGx1'],
    ['myPassword', '$apr1$r31.....$HqJZimcKQFAMYayBlzkrA/'],
    [TABLE, '$apr1$bzYrOHUx$a1FcpXuQDJV3vPY20CS6N1'],
  ],
  'SHA-crypt: its specification': [
    ['Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
    ['Hello world!', '$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA'],
    ['Hello world!', '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1'],
    [
      'a very much longer text to encrypt.  This one even stretches over morethan one line.',
      '{CRYPT}$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1',
    ],
    [
      'the minimum number is still observed',
      '$6$rounds=10$roundstoolow$kUMsbe306n21p9R.FRkW3IGn.S9NPN0x50YhH1xhLsPuWGsUSklZt58jaTfF4ZEQpyUNGc0dqbpBYYBaHHrsX.',
    ],
  ],
  'SHA-crypt: `openssl passwd`, of passwords as long as the digest': [
    ['a'.repeat(32), '$5$abcdefgh$.YzqH45KuqOmT7l4n18t6ukBTjWDlUUnPCuD2gPjUU/'],
    ['a'.repeat(64), '$6$abcdefgh$Etjof.cNiiXcMdbpmp3ulT3YhgeyL3OnOJuKCO7a5DtGfeCsc3t4yl2d3JtXQm1POS6BEqOgmaNrfnWqiVrdY0'],
  ],
  'one digest: FIPS 180-2 (`abc`), split into password and salt': [
    ['abc', { algorithm: 'sha1', encoding: 'hex', hash: 'a9993e364706816aba3e25717850c26c9cd0d89d' }],
    // As WSO2 stores it: the salt behind the password, base64 of the digest.
    ['ab', { algorithm: 'sha256', salt: 'c', hash: 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=' }],
    [
      'bc',
      {
        algorithm: 'sha512',
        salt: '61',
        saltEncoding: 'hex',
        saltPosition: 'before',
        encoding: 'hex',
        hash: 'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
      },
    ],
  ],
}

describe.each(Object.entries(VECTORS))('%s', (_source, vectors) => {
  test.each(vectors)('%s', async (password, hash) => {
    const stored = storedOf(hash)

    expect(await verifyForeign(stored, password)).toBe(true)
    expect(await verifyForeign(stored, `x${password}`)).toBe(false)
  })
})

test('of a signer key nothing is kept', () => {
  const [, hash] = VECTORS['Firebase: github.com/firebase/scrypt, README']?.[0] ?? []

  expect(hash && storedOf(hash)).not.toContain('jxspr8Ki0RYy')
})

test('a password that is longer than any of them is wrong, after the same work', async () => {
  const stored = storedOf('{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr')

  expect(await verifyForeign(stored, 'testing123'.padEnd(600))).toBe(false)
})

test('a hash that costs too much is not computed, whoever stored it', async () => {
  await expect(verifyForeign('$scrypt$ln=20,r=8,p=1$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI', 'password')).rejects.toThrow(
    'costs too much',
  )
})

function storedOf(hash: ImportedHash): string {
  const imported = importHash(hash)
  if (imported.kind === 'problem') throw new Error(imported.message)
  return imported.stored
}
