import type { PageApi } from "#shared/ipc.ts";

declare global {
  interface Window {
    /** Put there by the preload script under `API_NAME`; absent where that script did not run. */
    readonly fitment?: PageApi;
  }
}
