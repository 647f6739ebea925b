/** Whoever signed in with one of these proves a second step. */
import type { ScriptTemplate } from './template.ts'

export const signInOption: ScriptTemplate = {
  name: 'sign_in_option',
  category: 'step_up',
  title: 'Second step by the first one',
  description: 'Whoever signed in with one of these proves a second step.',
  parameters: [{ name: 'optionsToStepUp', description: 'BasicAuthenticator is the password' }],
  steps: 2,
  script: `// Whoever used one of these in the first step proves a second.
var optionsToStepUp = ['BasicAuthenticator'];

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      if (optionsToStepUp.indexOf(context.steps[1].authenticator) !== -1) {
        executeStep(2);
      }
    }
  });
};
`,
}
