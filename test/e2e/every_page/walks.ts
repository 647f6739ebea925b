/** Every page a person meets, by the walk that comes past it. A new page is a step of a walk, or a file with a walk and a row here. */
import { askedByAScript, beginningWithTheName } from './beginning_otherwise.ts'
import { beingInvited, disowning, provingAnAddress, typingACode } from './coming_by_mail.ts'
import { consenting } from './consenting.ts'
import { enrollingAtMyAccount, enrollingOnTheWay, provingAFactor } from './further_factors.ts'
import { deciding, myAccount } from './my_account.ts'
import type { Walk } from './reader.ts'
import { recovering, settingAnotherPassword } from './recovering.ts'
import { registering } from './registering.ts'
import { showingACertificate } from './showing_a_certificate.ts'
import { signingIn } from './signing_in.ts'
import { stoppedForRisk, waitingToBeLetIn } from './stopped_for_risk.ts'

export const WALKS: Readonly<Record<string, Walk>> = {
  'signing in, with what may go wrong': signingIn,
  'signing in by the name alone, and by a link': beginningWithTheName,
  'asked by a script': askedByAScript,
  'stopped for its risk': stoppedForRisk,
  'waiting to be let in': waitingToBeLetIn,
  'recovering what was forgotten': recovering,
  'setting another password': settingAnotherPassword,
  'disowning a sign-in': disowning,
  'being invited': beingInvited,
  'proving an address': provingAnAddress,
  'typing a code that was sent': typingACode,
  'registering, with what may go wrong': registering,
  'consenting, and the sample applications': consenting,
  'proving a further factor': provingAFactor,
  'setting a factor up on the way': enrollingOnTheWay,
  'showing a certificate': showingACertificate,
  'second factors at My Account': enrollingAtMyAccount,
  'My Account, every place of it': myAccount,
  'deciding, at My Account and without JavaScript, and the mail about it': deciding,
}
