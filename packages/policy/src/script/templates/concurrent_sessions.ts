/** Whoever has as many sessions as they may ends one of them, or does not get in. */
import type { ScriptTemplate } from './template.ts'

export const concurrentSessions: ScriptTemplate = {
  name: 'concurrent_sessions',
  category: 'sessions',
  title: 'So many sessions at once',
  description: 'Whoever has as many sessions as they may ends one of them, or does not get in.',
  parameters: [{ name: 'maxSessionCount', description: 'Sessions, this one included' }],
  steps: 1,
  script: `// Whoever has so many sessions ends one of them first.
var maxSessionCount = 2;

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      executeStep(2, { authenticatorParams: { local: { SessionExecutor: { MaxSessionCount: String(maxSessionCount) } } } }, {});
    }
  });
};
`,
}
