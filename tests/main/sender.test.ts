import { expect, test } from "vitest";
import { isOwnPage } from "../../src/main/sender.ts";

const OWN = "app://fitment/index.html";
const DEVELOPER = "http://localhost:5173/";

test.each([
  ["the page itself", OWN, OWN],
  ["another address of the page", "app://fitment/index.html?x=1#models", OWN],
  ["the developer's page", "http://localhost:5173/index.html", DEVELOPER],
])("%s may ask", (_name, url, page) => {
  expect(isOwnPage({ url, parent: null }, page)).toBe(true);
});

test.each([
  ["another host of the same scheme", "app://elsewhere/index.html", OWN],
  ["a host that begins alike", "app://fitment.example/index.html", OWN],
  ["the same host by another scheme", "https://fitment/index.html", OWN],
  ["a name before the host", "app://fitment@example/index.html", OWN],
  ["a page on the web", "https://example.org/", OWN],
  ["another port", "http://localhost:5174/", DEVELOPER],
  ["an empty page", "about:blank", OWN],
  ["a page inside its address", "data:text/html,<p>hello", OWN],
  ["a file", "file:///index.html", OWN],
  ["no address", "", OWN],
  ["half an address", "app:", OWN],
  ["pages without an origin, even alike", "about:blank", "about:blank"],
  ["files, even of the same folder", "file:///page/other.html", "file:///page/index.html"],
])("%s may not", (_name, url, page) => {
  expect(isOwnPage({ url, parent: null }, page)).toBe(false);
});

test("a frame inside the page may not, even with the page's own address", () => {
  expect(isOwnPage({ url: OWN, parent: { url: OWN } }, OWN)).toBe(false);
});

test("a frame that is gone may not", () => {
  expect(isOwnPage(null, OWN)).toBe(false);
});
