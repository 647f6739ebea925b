/** People of one of the stores prove a second step. */
import type { ScriptTemplate } from './template.ts'

export const userStore: ScriptTemplate = {
  name: 'user_store',
  category: 'step_up',
  title: 'Second step by user store',
  description: 'People of one of the stores prove a second step.',
  parameters: [{ name: 'storesToStepUp', description: 'PRIMARY is the house’s own' }],
  steps: 2,
  script: `// People of these user stores prove a second step.
var storesToStepUp = ['PRIMARY'];

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      if (storesToStepUp.indexOf(context.steps[1].subject.userStoreDomain) !== -1) {
        executeStep(2);
      }
    }
  });
};
`,
}
