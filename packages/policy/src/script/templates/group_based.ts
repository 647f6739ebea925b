/** Members of one of the groups prove a second step. */
import type { ScriptTemplate } from './template.ts'

export const groupBased: ScriptTemplate = {
  name: 'group_based',
  category: 'step_up',
  title: 'Second step by group',
  description: 'Members of one of the groups prove a second step.',
  parameters: [{ name: 'groupsToStepUp', description: 'Names of groups' }],
  steps: 2,
  script: `// Members of these groups prove a second step.
var groupsToStepUp = ['admins'];

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      var user = context.currentKnownSubject;
      if (isMemberOfAnyOfGroups(user, groupsToStepUp)) {
        executeStep(2);
      }
    }
  });
};
`,
}
