/** Says once to whoever came in by their password that a passkey would do. It stands beside the rest, is told no by one button, and stays away in this browser from then on. */
import type { Me } from '@gatehouse/core/my_account.ts'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { IconFingerprint } from '../icons.tsx'
import { useWords } from '../words.tsx'

export function PasskeyOffer({ me }: { me: Me }) {
  const { offer } = useWords().text.passkeys
  const declined = `passkey-offer-declined:${me.tenant.id}:${me.profile.id}`
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!isDeclined(declined)) void hasScreenLock().then(setShown)
  }, [declined])

  if (!shown) return null
  const decline = () => {
    setShown(false)
    keepDeclined(declined)
  }
  return (
    <section className="panel" aria-labelledby="passkey-offer">
      <Group align="flex-start" wrap="nowrap" gap="md">
        <IconFingerprint size={24} stroke={1.6} className="row-icon" />
        <Stack gap="xs" className="long">
          <Title order={2} size="h4" id="passkey-offer">
            {offer.title}
          </Title>
          <Text size="sm">{offer.body}</Text>
          <Group gap="xs">
            <Button variant="default" renderRoot={(props) => <Link to="/security" {...props} />}>
              {offer.go}
            </Button>
            <Button variant="default" onClick={decline}>
              {offer.decline}
            </Button>
          </Group>
        </Stack>
      </Group>
    </section>
  )
}

/** A device that could keep one by itself; who has a security key knows where to find it. */
async function hasScreenLock(): Promise<boolean> {
  return 'PublicKeyCredential' in window && (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())
}

function isDeclined(key: string): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    // A browser that keeps nothing cannot keep the answer either: it is not asked.
    return true
  }
}

function keepDeclined(key: string): void {
  try {
    localStorage.setItem(key, 'yes')
  } catch {
    // full: asked again next time
  }
}
