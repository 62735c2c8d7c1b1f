import { ensurePage } from '../../cli/page/ensure-page.ts';

/** workers/api serves the built page, so that it does not start without one. */
export function setup(): void {
  ensurePage();
}
