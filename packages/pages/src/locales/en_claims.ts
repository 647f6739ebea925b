/** Plain words for the claims of OpenID Connect Core section 5.1 and the scopes of section 5.4 and 11, by their wire names. */

export const claims = {
  sub: 'Your identifier',
  name: 'Full name',
  given_name: 'Given name',
  family_name: 'Family name',
  middle_name: 'Middle name',
  nickname: 'Nickname',
  preferred_username: 'User name',
  profile: 'Profile page',
  picture: 'Picture',
  website: 'Website',
  email: 'E-mail address',
  email_verified: 'Whether the e-mail address is confirmed',
  gender: 'Gender',
  birthdate: 'Date of birth',
  zoneinfo: 'Time zone',
  locale: 'Language',
  phone_number: 'Phone number',
  phone_number_verified: 'Whether the phone number is confirmed',
  address: 'Postal address',
  updated_at: 'When your profile was last changed',
  groups: 'Groups you belong to',
  roles: 'Roles you have',
}

export const scopes = {
  openid: { name: 'Know that it is you', description: 'It recognises you when you come back.' },
  profile: { name: 'See your profile', description: 'Name, picture, language and the like.' },
  email: { name: 'See your e-mail address', description: 'And whether it is confirmed.' },
  phone: { name: 'See your phone number', description: 'And whether it is confirmed.' },
  address: { name: 'See your postal address', description: 'Street, town, country.' },
  offline_access: { name: 'Act for you while you are away', description: 'Until you take this back in your account.' },
}
