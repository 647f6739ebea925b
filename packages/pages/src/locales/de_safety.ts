/** The safety of an account, in German. */
import type { SafetyCatalogue } from './safety_catalogue_type.ts'

export const deSafety: SafetyCatalogue = {
  notMe: {
    confirmTitle: 'Waren Sie das nicht?',
    confirm: {
      sign_in: 'Dann kennt jemand anderes Ihr Passwort. Drücken Sie den Knopf, und Ihr Konto ist für ihn verschlossen:',
      address_change: 'Dann benutzt jemand anderes Ihr Konto. Drücken Sie den Knopf, und es ist für ihn verschlossen:',
    },
    effects: {
      address: 'Die Änderung der Adresse wird rückgängig gemacht.',
      sessions: 'Alle werden überall abgemeldet, auch Sie.',
      password: 'Das Passwort gilt nicht mehr; Sie legen ein neues fest.',
      factors: 'Was seitdem zu Ihrer Anmeldung hinzugefügt wurde, wird entfernt.',
    },
    submit: 'Das war ich nicht',
    confirmNot: 'Wenn Sie es waren, schließen Sie diese Seite: Dann geschieht nichts.',
    doneTitle: 'Ihr Konto ist für andere verschlossen',
    done: {
      sign_in: 'Niemand ist mehr angemeldet, und das alte Passwort öffnet nichts mehr. Legen Sie jetzt ein neues fest.',
      address_change:
        'Die Änderung ist rückgängig gemacht, niemand ist mehr angemeldet, und das alte Passwort öffnet nichts mehr. Legen Sie jetzt ein neues fest.',
    },
    expiredTitle: 'Dieser Link gilt nicht mehr',
    expired:
      'Er wurde schon benutzt oder ist zu alt. Wenn Sie meinen, dass jemand anderes Ihr Konto benutzen kann, legen Sie ein neues Passwort fest.',
    recover: 'Neues Passwort festlegen',
  },
}
