/** Whoever comes from elsewhere than the networks proves a second step. */
import type { ScriptTemplate } from './template.ts'

export const ipBased: ScriptTemplate = {
  name: 'ip_based',
  category: 'step_up',
  title: 'Second step outside the network',
  description: 'Whoever comes from elsewhere than the networks proves a second step.',
  parameters: [{ name: 'insideNetworks', description: 'Networks as 10.0.0.0/8 or 2001:db8::/32' }],
  steps: 2,
  script: `// Whoever comes from elsewhere proves a second step.
var insideNetworks = ['10.0.0.0/8', '192.168.0.0/16'];

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      if (!isIpInNetworks(context.request.ip, insideNetworks)) {
        executeStep(2);
      }
    }
  });
};
`,
}
