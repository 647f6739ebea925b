/** What was seen of a sign-in, in German. */

export const seen = {
  proven: 'Nachgewiesen durch',
  kinds: { password: 'Passwort', magic_link: 'Link per E-Mail' },
  levels: { low: 'Nichts Ungewöhnliches', medium: 'Ungewöhnlich', high: 'Sehr ungewöhnlich' },
  signals: {
    new_device: 'ein neues Gerät',
    new_country: 'ein neues Land',
    impossible_travel: 'weiter weg, als man in der Zeit reisen kann',
    listed_address: 'eine Adresse mit schlechtem Ruf',
    unusual_hour: 'eine ungewöhnliche Tageszeit',
    failed_tries: 'vorher falsche Passwörter',
    breached_password: 'ein allgemein bekanntes Passwort',
    network_velocity: 'viele neue Geräte im selben Netz',
  },
}
