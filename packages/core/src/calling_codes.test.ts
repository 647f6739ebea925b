import { expect, test } from 'vitest'
import { countryOfNumber, TEXT_COUNTRIES } from './calling_codes.ts'

test.each([
  ['+491701234567', 'DE'],
  ['+12025550123', 'US'],
  ['+15551234567', 'US'],
  ['+14165550123', 'CA'],
  ['+18765550123', 'JM'],
  ['+447400123456', 'GB'],
  ['+447781123456', 'GG'],
  ['+79161234567', 'RU'],
  ['+77011234567', 'KZ'],
  ['+393331234567', 'IT'],
  ['+390612345678', 'IT'],
  ['+5999123456', 'CW'],
  ['+59991234567', 'CW'],
  ['+447624123456', 'IM'],
])('%s is a number of %s', (number, country) => {
  expect(countryOfNumber(number)).toBe(country)
})

test.each([
  ['premium rate of a country', '+19005550123'],
  ['premium rate in Britain', '+449061234567'],
  ['a personal number that is paid by the caller', '+447012345678'],
  ['international premium rate', '+979123456789'],
  ['a satellite telephone', '+881612345678'],
  ['an international network', '+88213123456'],
  ['free of charge, so nobody’s telephone', '+18005550123'],
  ['no country’s code', '+999123456789'],
  ['the national prefix after the country', '+4901701234567'],
  ['an area code that cannot be', '+11115550123'],
  ['a North American number with more digits than it has', '+120255501234'],
  ['no plus', '491701234567'],
  ['two noughts for the plus', '00491701234567'],
  ['spaces', '+49 170 1234567'],
  ['other digits', '+４９1701234567'],
  ['Arabic digits', '+٤٩١٧٠١٢٣٤٥٦٧'],
  ['an extension', '+491701234567;ext=1'],
  ['a line end after it', '+491701234567\n'],
  ['a mark that cannot be seen', '+49\u200b1701234567'],
  ['more digits than a number has', '+4917012345678901'],
  ['nothing', ''],
])('%s is nobody’s: %j', (_what, number) => {
  expect(countryOfNumber(number)).toBeUndefined()
})

test('every country of the European Union can be written to', () => {
  for (const country of 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '))
    expect(TEXT_COUNTRIES.has(country), country).toBe(true)
})
