/** German words of the page that asks somebody to let a sign-in through. */
import type { SignInApprovalCatalogue } from './en_sign_in_approval.ts'

export const deSignInApproval: SignInApprovalCatalogue = {
  title: 'Diese Anmeldung braucht eine Zustimmung',
  ask: 'Etwas an dieser Anmeldung ist ungewöhnlich. Bei {brand} kann jemand zustimmen und wird Sie fragen, ob Sie es sind.',
  send: 'Um Zustimmung bitten',
  waitsTitle: 'Wartet auf Zustimmung',
  waits:
    'Ihre Bitte ist unterwegs. Bleiben Sie in diesem Browser: Nach der Zustimmung geht die Anmeldung hier weiter, oder Sie melden sich hier noch einmal an.',
  look: 'Noch einmal nachsehen',
  reference: 'Antrag',
  declinedTitle: 'Dieser Anmeldung wurde nicht zugestimmt',
  declined: 'Niemand hat zugestimmt. Wenn Sie es waren, sprechen Sie mit der Verwaltung von {brand}.',
  nobody: 'Hier kann niemand zustimmen. Melden Sie sich von dort an, wo Sie es sonst tun.',
  enough: 'Sie haben heute oft genug gefragt.',
}
