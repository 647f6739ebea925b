/** After some wrong passwords the right one does not suffice. */
import type { ScriptTemplate } from './template.ts'

export const loginAttempts: ScriptTemplate = {
  name: 'login_attempts',
  category: 'step_up',
  title: 'Second step after failed tries',
  description: 'After some wrong passwords the right one does not suffice.',
  parameters: [{ name: 'invalidAttemptsToStepUp', description: 'Wrong passwords in a row' }],
  steps: 2,
  script: `// After so many wrong passwords the right one does not suffice.
var invalidAttemptsToStepUp = 3;
var failedAttemptsClaim = 'http://wso2.org/claims/identity/failedLoginAttemptsBeforeSuccess';

var onLoginRequest = function (context) {
  doLogin(context);
};

var doLogin = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      var user = context.steps[1].subject;
      if (Number(user.localClaims[failedAttemptsClaim]) >= invalidAttemptsToStepUp) {
        executeStep(2, {
          onSuccess: function (context) {
            user.localClaims[failedAttemptsClaim] = '0';
          }
        });
      }
    },
    onFail: function (context) {
      doLogin(context);
    }
  });
};
`,
}
