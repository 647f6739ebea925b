/** A service of yours says whether a sign-in is risky; where it does not answer, the second step is asked for. */
import type { ScriptTemplate } from './template.ts'

export const outsideRisk: ScriptTemplate = {
  name: 'outside_risk',
  category: 'outside',
  title: 'Second step as a service says',
  description: 'A service of yours says whether a sign-in is risky; where it does not answer, the second step is asked for.',
  parameters: [{ name: 'serviceUrl', description: 'At one of the allowed hosts; secrets.riskServiceKey goes with it' }],
  steps: 2,
  script: `// A service says whether this sign-in is risky. Where it does not answer, it is taken to be.
var serviceUrl = 'https://risk.example.com/score';

var onLoginRequest = function (context) {
  executeStep(1, {
    onSuccess: function (context) {
      var question = { user: context.currentKnownSubject.uniqueId, ip: context.request.ip };
      httpPost(serviceUrl, question, {}, { type: 'apikey', properties: { apiKey: secrets.riskServiceKey, headerName: 'x-api-key' } }, {
        onSuccess: function (context, data) {
          if (data.risk !== 'low') {
            executeStep(2);
          }
        },
        onFail: function () {
          executeStep(2);
        },
        onTimeout: function () {
          executeStep(2);
        }
      });
    }
  });
};
`,
}
