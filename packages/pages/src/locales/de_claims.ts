/** Plain words in German for claims and scopes, by their wire names. */

export const claims = {
  sub: 'Ihre Kennung',
  name: 'Vollständiger Name',
  given_name: 'Vorname',
  family_name: 'Nachname',
  middle_name: 'Weiterer Vorname',
  nickname: 'Spitzname',
  preferred_username: 'Benutzername',
  profile: 'Profilseite',
  picture: 'Bild',
  website: 'Website',
  email: 'E-Mail-Adresse',
  email_verified: 'Ob die E-Mail-Adresse bestätigt ist',
  gender: 'Geschlecht',
  birthdate: 'Geburtsdatum',
  zoneinfo: 'Zeitzone',
  locale: 'Sprache',
  phone_number: 'Telefonnummer',
  phone_number_verified: 'Ob die Telefonnummer bestätigt ist',
  address: 'Postanschrift',
  updated_at: 'Wann Ihr Profil zuletzt geändert wurde',
  groups: 'Gruppen, denen Sie angehören',
  roles: 'Rollen, die Sie haben',
}

export const scopes = {
  openid: { name: 'Wissen, dass Sie es sind', description: 'Sie werden wiedererkannt, wenn Sie zurückkommen.' },
  profile: { name: 'Ihr Profil sehen', description: 'Name, Bild, Sprache und Ähnliches.' },
  email: { name: 'Ihre E-Mail-Adresse sehen', description: 'Und ob sie bestätigt ist.' },
  phone: { name: 'Ihre Telefonnummer sehen', description: 'Und ob sie bestätigt ist.' },
  address: { name: 'Ihre Postanschrift sehen', description: 'Straße, Ort, Land.' },
  offline_access: { name: 'Für Sie handeln, während Sie nicht da sind', description: 'Bis Sie es in Ihrem Konto zurücknehmen.' },
}
