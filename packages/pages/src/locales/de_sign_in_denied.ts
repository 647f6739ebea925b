/** German words of the page of a sign-in that was not let through. */
import type { SignInDeniedCatalogue } from './en_sign_in_denied.ts'

export const deSignInDenied: SignInDeniedCatalogue = {
  title: 'Diese Anmeldung wurde nicht zugelassen',
  body: 'Etwas daran ist ungewöhnlich, deshalb hat {brand} sie angehalten. Niemand ist angemeldet, und am Konto hat sich nichts geändert.',
  can: 'Was Sie tun können',
  elsewhere:
    'Melden Sie sich von dort an, wo Sie es sonst tun: in einem anderen Netz oder mit einem Gerät, das Sie hier schon benutzt haben. Versuchen Sie es dann noch einmal.',
  doubt: 'Wenn Sie glauben, dass jemand anderes Ihr Passwort kennt, legen Sie ein neues fest.',
  recover: 'Neues Passwort festlegen',
  contact: 'Wenn es nicht weitergeht, sprechen Sie mit der Verwaltung von {brand}. Sie sieht, was aufgefallen ist.',
  support: 'Hilfe und Kontakt',
  again: 'Noch einmal versuchen',
}
