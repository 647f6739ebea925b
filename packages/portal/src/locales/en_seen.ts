/** What was seen of a sign-in, in English. */

export const seen = {
  proven: 'Proven by',
  kinds: { password: 'password', magic_link: 'link by e-mail' },
  levels: { low: 'Nothing unusual', medium: 'Unusual', high: 'Very unusual' },
  signals: {
    new_device: 'a device that was new',
    new_country: 'a country that was new',
    impossible_travel: 'farther away than one can travel in that time',
    listed_address: 'an address with a bad name',
    unusual_hour: 'an unusual time of the day',
    failed_tries: 'wrong passwords before it',
    breached_password: 'a password that everybody knows',
    network_velocity: 'many new devices in the same network',
  },
}
