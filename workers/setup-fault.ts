import { DestinyError } from '../src/shared/errors.ts';
import { consoleLog } from '../src/shared/log.ts';

/** A Worker whose settings are wrong says which one in plain words; the value never leaves it. */
export function answerSetupFault(
  answer: () => Response | Promise<Response>,
): Response | Promise<Response> {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof DestinyError) || error.code !== 'config_invalid') throw error;
    consoleLog('error', 'the Worker is not set up', { message: error.message });
    return new Response(error.message, { status: 500 });
  }
}
