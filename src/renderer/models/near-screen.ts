import type { Attachment } from "svelte/attachments";

/** How far off the screen a thing counts as near it, so that it is ready when it is scrolled to. */
const MARGIN = "400px 0px";

/** Tells whether an element is on the screen or near it: what costs time is worked out only there. */
export function nearScreen(onchange: (isNear: boolean) => void): Attachment<HTMLElement> {
  return (element) => {
    const observer = new IntersectionObserver(
      (entries) => onchange(entries.at(-1)?.isIntersecting === true),
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  };
}
