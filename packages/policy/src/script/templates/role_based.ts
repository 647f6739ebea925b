/** Whoever holds one of the roles proves a second step. */
import type { ScriptTemplate } from './template.ts'

export const roleBased: ScriptTemplate = {
  name: 'role_based',
  category: 'step_up',
  title: 'Second step by role',
  description: 'Whoever holds one of the roles proves a second step.',
  parameters: [{ name: 'rolesToStepUp', description: 'Names of roles' }],
  steps: 2,
  script: `// Whoever holds one of these roles proves a second step.
var rolesToStepUp = ['admin', 'manager'];

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      if (hasAnyOfTheRolesV2(context, rolesToStepUp)) {
        executeStep(2);
      }
    }
  });
};
`,
}
