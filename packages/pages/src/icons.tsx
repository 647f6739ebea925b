/** @jsxImportSource hono/jsx */
/** The few signs, drawn inline: no request, and they take the text's colour. All are decoration beside a text. */
import type { Child } from 'hono/jsx'

function Icon({ children, large }: { children: Child; large?: boolean }) {
  return (
    <svg
      class={large ? 'icon icon-large' : 'icon'}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

export function AlertIcon({ large }: { large?: boolean }) {
  return (
    <Icon large={large}>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7.5v5M12 16.2v.1" />
    </Icon>
  )
}

export function InfoIcon() {
  return (
    <Icon>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5.2M12 7.7v.1" />
    </Icon>
  )
}

export function CheckIcon({ large }: { large?: boolean }) {
  return (
    <Icon large={large}>
      <circle cx="12" cy="12" r="9" />
      <path d="m8.2 12.4 2.6 2.6 5-5.4" />
    </Icon>
  )
}

export function ClockIcon({ large }: { large?: boolean }) {
  return (
    <Icon large={large}>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5.3l3.4 2" />
    </Icon>
  )
}

export function KeyholeIcon() {
  return (
    <Icon>
      <circle cx="9.5" cy="8" r="4" />
      <path d="M3 20c.4-3.8 2.8-6 6.5-6 1 0 1.9.2 2.7.5M17.5 17.5v4l1.3-1.2-1.3-1M20 15.2a2.5 2.5 0 1 0-2.5 2.3A2.5 2.5 0 0 0 20 15.2Z" />
    </Icon>
  )
}

export function MailIcon({ large }: { large?: boolean }) {
  return (
    <Icon large={large}>
      <rect x="3" y="5" width="18" height="14" rx="2.5" />
      <path d="m3.6 7.4 8.4 6 8.4-6" />
    </Icon>
  )
}

export function ChatIcon() {
  return (
    <Icon>
      <path d="M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8l-5 3.6V17H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z" />
    </Icon>
  )
}

export function CompassIcon({ large }: { large?: boolean }) {
  return (
    <Icon large={large}>
      <circle cx="12" cy="12" r="9" />
      <path d="m15.5 8.5-2 5-5 2 2-5Z" />
    </Icon>
  )
}
