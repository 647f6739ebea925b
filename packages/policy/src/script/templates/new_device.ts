/** A browser without our cookie is new: the person proves a second step, and is told by mail. */
import type { ScriptTemplate } from './template.ts'

export const newDevice: ScriptTemplate = {
  name: 'new_device',
  category: 'step_up',
  title: 'Second step on a new device',
  description: 'A browser without our cookie is new: the person proves a second step, and is told by mail.',
  parameters: [
    { name: 'cookieName', description: 'Letters, digits, _ and -' },
    { name: 'rememberSeconds', description: 'How long a device is known' },
    { name: 'sendNotification', description: 'Whether a mail is sent' },
    { name: 'emailTemplate', description: 'One of the tenant’s mails, or UnseenDeviceLogin' },
  ],
  steps: 2,
  script: `// A device that was not seen before proves a second step, and its person is told.
var cookieName = 'deviceAuth';
var rememberSeconds = 60 * 60 * 24 * 365;
var sendNotification = true;
var emailTemplate = 'UnseenDeviceLogin';

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      var user = context.currentKnownSubject;
      if (isKnown(context, user)) {
        return;
      }
      if (sendNotification) {
        sendEmail(user, emailTemplate, { username: user.username, 'login-time': new Date().toUTCString() });
      }
      executeStep(2, {
        onSuccess: function (context) {
          setCookie(context.response, cookieName, user.uniqueId, { sign: true, 'max-age': rememberSeconds, sameSite: 'LAX' });
        }
      });
    }
  });
};

var isKnown = function (context, user) {
  return getCookieValue(context.request, cookieName, { validateSignature: true }) === user.uniqueId;
};
`,
}
