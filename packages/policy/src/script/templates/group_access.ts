/** Nobody but members of the groups gets to the application. */
import type { ScriptTemplate } from './template.ts'

export const groupAccess: ScriptTemplate = {
  name: 'group_access',
  category: 'access_control',
  title: 'Only members of a group',
  description: 'Nobody but members of the groups gets to the application.',
  parameters: [
    { name: 'allowedGroups', description: 'Names of groups' },
    { name: 'message', description: 'What the others are told' },
  ],
  steps: 1,
  script: `// Only members of these groups get to the application.
var allowedGroups = ['staff'];
var message = 'This application is for members of staff.';

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      if (!isMemberOfAnyOfGroups(context.currentKnownSubject, allowedGroups)) {
        sendError(null, { status: '403', statusMsg: message });
      }
    }
  });
};
`,
}
