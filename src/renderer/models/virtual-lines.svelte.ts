import {
  measureElement,
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  type VirtualizerOptions,
  windowScroll,
} from "@tanstack/virtual-core";
import { flushSync } from "svelte";
import type { Attachment } from "svelte/attachments";
import { indexesIn } from "./line-range.ts";
import type { Place } from "./table-lines.ts";

/** Beyond the screen, so that scrolling and the next line by keyboard find theirs. */
const OVERSCAN_COUNT = 8;

/** What the lines are and how high one is about; each is measured once it is in the page. */
export interface LineList {
  readonly keys: readonly string[];
  readonly heightPx: number;
  /** Lines that stay in the page wherever it is scrolled to: those with the keyboard or an opened model. */
  readonly kept: readonly number[];
}

/** Which lines of a long list are in the page, while the window scrolls over it. */
export class VirtualLines {
  readonly #virtualizer: Virtualizer<Window, HTMLElement>;
  /** What the virtualizer knows beside the list: how far it is scrolled, and heights. */
  #version = $state(0);
  /** From the top of the document to the first line. */
  #topPx = $state(0);
  readonly #list: () => LineList;
  #isMeasuring = false;
  /** Replaced with the list alone: with new ones the virtualizer adds up all heights again. */
  readonly #options = $derived.by(() => this.#optionsFor(this.#list(), this.#topPx));

  constructor(list: () => LineList) {
    this.#list = list;
    this.#virtualizer = new Virtualizer(this.#optionsFor({ keys: [], heightPx: 1, kept: [] }, 0));
  }

  readonly #layout = $derived.by(() => {
    const virtualizer = this.#virtualizer;
    const options = this.#options;
    const topPx = this.#topPx;
    if (virtualizer.options.getItemKey !== options.getItemKey) virtualizer.setOptions(options);
    const places = virtualizer
      .getVirtualItems()
      .map(({ index, start, end }): Place => ({ index, start: start - topPx, end: end - topPx }));
    return { places, totalPx: virtualizer.getTotalSize(), version: this.#version };
  });

  /** Those in the page, in their order. */
  get places(): readonly Place[] {
    return this.#layout.places;
  }

  /** What is left below the last of them. */
  get afterPx(): number {
    return Math.max(0, this.#layout.totalPx - (this.places.at(-1)?.end ?? 0));
  }

  /** For the table: follows the window, and what moves the table in it. */
  readonly table: Attachment<HTMLElement> = (element) => {
    const stop = this.#virtualizer._didMount();
    $effect(() => {
      if (this.#layout.totalPx >= 0) this.#virtualizer._willUpdate();
    });
    const findTop = (): void => {
      const headPx = element.querySelector("thead")?.getBoundingClientRect().height ?? 0;
      this.#topPx = element.getBoundingClientRect().top + window.scrollY + headPx;
    };
    findTop();
    const observer = new ResizeObserver(() => requestAnimationFrame(findTop)); // what it changes is seen a frame later
    observer.observe(document.body);
    return () => {
      observer.disconnect();
      stop();
    };
  };

  /** For each line, which has its place as `data-index`. */
  readonly line: Attachment<HTMLElement> = (element) => {
    this.#isMeasuring = true;
    this.#virtualizer.measureElement(element);
    this.#isMeasuring = false;
    return () => this.#virtualizer.measureElement(null);
  };

  #optionsFor({ keys, heightPx, kept }: LineList, topPx: number): VirtualizerOptions<Window, HTMLElement> {
    return {
      count: keys.length,
      getItemKey: (index) => keys[index] ?? index,
      estimateSize: () => heightPx,
      overscan: OVERSCAN_COUNT,
      scrollMargin: topPx,
      rangeExtractor: (range) => indexesIn(range, kept),
      initialRect: { width: globalThis.innerWidth, height: globalThis.innerHeight },
      getScrollElement: () => window,
      observeElementRect: observeWindowRect,
      observeElementOffset: observeWindowOffset,
      scrollToFn: windowScroll,
      measureElement,
      useAnimationFrameWithResizeObserver: true, // lines that grow while others are measured are no endless loop
      onChange: (_virtualizer, isSynchronous) => {
        this.#version += 1;
        if (isSynchronous && !this.#isMeasuring) flushSync(); // in the frame that scrolls, or lines come late
      },
    };
  }
}
