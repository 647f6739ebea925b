/** Whoever is younger, or has no date of birth, is refused. */
import type { ScriptTemplate } from './template.ts'

export const userAge: ScriptTemplate = {
  name: 'user_age',
  category: 'access_control',
  title: 'From an age on',
  description: 'Whoever is younger, or has no date of birth, is refused.',
  parameters: [
    { name: 'ageLimit', description: 'Years' },
    { name: 'dateOfBirthClaim', description: 'Where the date of birth stands, as 2001-12-31' },
    { name: 'message', description: 'What the others are told' },
  ],
  steps: 1,
  script: `// Whoever is younger than this, or whose age nobody knows, is refused.
var ageLimit = 18;
var dateOfBirthClaim = 'http://wso2.org/claims/dob';
var message = 'You have to be older to use this application.';

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      var born = context.currentKnownSubject.localClaims[dateOfBirthClaim];
      if (!born || yearsSince(born) < ageLimit) {
        sendError(null, { status: '403', statusMsg: message });
      }
    }
  });
};

var yearsSince = function (text) {
  var born = new Date(text);
  var now = new Date();
  if (isNaN(born.getTime())) {
    return -1;
  }
  var years = now.getUTCFullYear() - born.getUTCFullYear();
  var beforeBirthday =
    now.getUTCMonth() < born.getUTCMonth() || (now.getUTCMonth() === born.getUTCMonth() && now.getUTCDate() < born.getUTCDate());
  return beforeBirthday ? years - 1 : years;
};
`,
}
