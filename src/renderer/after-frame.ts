/** Where no frame is drawn, as in a window that nobody sees, it is not waited for longer. */
const MOST_MS = 100;

/** Does work once the page is on the screen as it is now; of several the first given is done first. */
export function afterFrame(work: () => void): void {
  let isWaiting = true;
  const once = (): void => {
    if (!isWaiting) return;
    isWaiting = false;
    work();
  };
  setTimeout(once, MOST_MS);
  requestAnimationFrame(() => setTimeout(once));
}
