/** The few signs of My Account, drawn here on a grid of 24 by 24: no package, and they take the text's colour. All are decoration beside a text. */
import type { ReactNode } from 'react'

type Props = {
  readonly size: number
  /** Of the line; large signs take a thinner one. */
  readonly stroke?: number
  readonly color?: string
  readonly className?: string
}

export type DrawnIcon = (props: Props) => ReactNode

function drawn(path: string): DrawnIcon {
  return ({ size, stroke = 2, color = 'currentColor', className }) => (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke={color}
      strokeWidth={stroke}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable="false"
    >
      <path d={path} />
    </svg>
  )
}

const CIRCLE = 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z'
const SHIELD = 'M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6L12 3Z'

export const IconHome = drawn('M4 11l8-7 8 7M6 9.5V19a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V9.5M10 20v-5.5h4V20')
export const IconUser = drawn('M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM5 20.5c.3-4 3-6 7-6s6.7 2 7 6')
export const IconUserCircle = drawn(`${CIRCLE}M12 12.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM6.3 18.8c.8-2.3 2.8-3.5 5.7-3.5s4.9 1.2 5.7 3.5`)
export const IconApps = drawn('M4 4h6v6H4ZM14 4h6v6h-6ZM4 14h6v6H4ZM14 14h6v6h-6Z')
export const IconChecklist = drawn('M3.5 6L5 7.5l3-3M3.5 12.5L5 14l3-3M3.5 19L5 20.5l3-3M12 6h8.5M12 12.5h8.5M12 19h8.5')
export const IconShieldLock = drawn(`${SHIELD}M9 11.5h6V16H9ZM10.2 11.5V10a1.8 1.8 0 0 1 3.6 0v1.5`)
export const IconShieldCheck = drawn(`${SHIELD}M8.8 12l2.3 2.3 4.2-4.6`)
export const IconKey = drawn('M8 20a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM10.8 13.2L20 4M15.5 8.5L18 11M18 6l2 2')
export const IconFingerprint = drawn(
  'M12 11v3c0 2.5-.6 4.5-1.8 6.5M8.5 18.5c.4-1.4.5-2.8.5-4.5v-3a3 3 0 0 1 6 0v3c0 2.4-.4 4.6-1.2 6.5' +
    'M6 16c.1-.7.1-1.4.1-2.5V11a6 6 0 0 1 11.9-.8v3.3c0 1.8-.2 3.4-.6 5M4 8.2A9 9 0 0 1 20 8',
)
/** A document with a seal. */
export const IconCertificate = drawn(
  'M11 18H5a1.5 1.5 0 0 1-1.5-1.5v-11A1.5 1.5 0 0 1 5 4h14a1.5 1.5 0 0 1 1.5 1.5V9M7 8.5h7M7 12h3.5M16.5 17a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM15 16.7V21l1.5-1 1.5 1v-4.3',
)
export const IconMail = drawn(
  'M5.5 5h13A2.5 2.5 0 0 1 21 7.5v9a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.5v-9A2.5 2.5 0 0 1 5.5 5ZM3.6 7.4l8.4 6 8.4-6',
)
export const IconInbox = drawn('M6 4.5h12l3 8.5v6.5H3V13ZM3 13h5l1.5 3h5l1.5-3h5')
export const IconSend = drawn('M21 3L3 10.5l7 3.5 3.5 7ZM10 14L21 3')
export const IconPencil = drawn('M4 20l1-4.5L16.5 4 20 7.5 8.5 19ZM14 6.5l3.5 3.5')

export const IconDeviceDesktop = drawn(
  'M4.5 4h15A1.5 1.5 0 0 1 21 5.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 14.5v-9A1.5 1.5 0 0 1 4.5 4ZM8 20h8M12 16v4',
)
export const IconDeviceMobile = drawn(
  'M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3ZM11 17.5h2',
)
export const IconDeviceMobileCheck = drawn(
  'M17 11V4.5A1.5 1.5 0 0 0 15.5 3h-8A1.5 1.5 0 0 0 6 4.5v15A1.5 1.5 0 0 0 7.5 21H12M14.5 18l2.3 2.3 4-4.4',
)
export const IconDeviceMobileMessage = drawn(
  'M10.5 3h-3A1.5 1.5 0 0 0 6 4.5v15A1.5 1.5 0 0 0 7.5 21h8a1.5 1.5 0 0 0 1.5-1.5v-5M10.5 17.5h2M14 3h7v6h-4l-3 2.5Z',
)
export const IconLanguage = drawn(`${CIRCLE}M3 12h18M12 3c2.6 2.5 3.8 5.5 3.8 9s-1.2 6.5-3.8 9c-2.6-2.5-3.8-5.5-3.8-9S9.4 5.5 12 3Z`)
export const IconLifebuoy = drawn(
  `${CIRCLE}M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5.6 5.6l3.9 3.9M14.5 14.5l3.9 3.9M14.5 9.5l3.9-3.9M5.6 18.4l3.9-3.9`,
)
export const IconLogout = drawn('M14 4.5H6A1.5 1.5 0 0 0 4.5 6v12A1.5 1.5 0 0 0 6 19.5h8M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5')
export const IconRefresh = drawn('M4.5 11a7.5 7.5 0 0 1 13.3-3.7L20 9.5M20 4.5v5h-5M19.5 13a7.5 7.5 0 0 1-13.3 3.7L4 14.5M4 19.5v-5h5')

export const IconCheck = drawn('M5 12.5l4.5 4.5L19 7')
export const IconX = drawn('M6 6l12 12M18 6L6 18')
export const IconMinus = drawn('M5 12h14')
export const IconPoint = drawn('M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z')
export const IconClock = drawn(`${CIRCLE}M12 7v5.3l3.4 2`)
export const IconCircleCheck = drawn(`${CIRCLE}M8.2 12.4l2.6 2.6 5-5.4`)
export const IconCircleDashed = drawn(
  'M20.8 10A9 9 0 0 1 20.8 14M19.6 16.8A9 9 0 0 1 16.8 19.6M14 20.8A9 9 0 0 1 10 20.8M7.2 19.6A9 9 0 0 1 4.4 16.8M3.2 14A9 9 0 0 1 3.2 10M4.4 7.2A9 9 0 0 1 7.2 4.4M10 3.2A9 9 0 0 1 14 3.2M16.8 4.4A9 9 0 0 1 19.6 7.2',
)
export const IconAlertCircle = drawn(`${CIRCLE}M12 7.5v5M12 16.2v.1`)
export const IconAlertTriangle = drawn('M12 4L2.5 20h19ZM12 10v4.5M12 17.2v.1')
export const IconHandStop = drawn(
  'M8 15V6a1.5 1.5 0 0 1 3 0v5.5M11 11.5v-7a1.5 1.5 0 0 1 3 0v7M14 11.5V6a1.5 1.5 0 0 1 3 0v8.5a6.5 6.5 0 0 1-6.5 6.5' +
    'c-2 0-3.6-.8-4.8-2.4l-2.4-3.8a1.4 1.4 0 0 1 2.2-1.7L8 15.5',
)

export const IconChevronDown = drawn('M6 9.5l6 6 6-6')
export const IconChevronUp = drawn('M6 14.5l6-6 6 6')
export const IconArrowRight = drawn('M4.5 12h15M13.5 6l6 6-6 6')
export const IconArrowLeft = drawn('M19.5 12h-15M10.5 6l-6 6 6 6')
