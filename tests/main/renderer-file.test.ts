import path from "node:path";
import { expect, test } from "vitest";
import { findRendererFile } from "../../src/main/renderer-file.ts";

const FOLDER = path.resolve("/srv/fitment/out/renderer");

test.each([
  ["index.html", "text/html; charset=utf-8"],
  ["assets/index-C0ffee.js", "text/javascript; charset=utf-8"],
  ["assets/index-C0ffee.css", "text/css; charset=utf-8"],
  ["assets/index.js.map", "application/json; charset=utf-8"],
  ["data.json", "application/json; charset=utf-8"],
  ["icon.png", "image/png"],
  ["mark.svg", "image/svg+xml"],
  ["letters.woff2", "font/woff2"],
  ["LICENSE.TXT", "text/plain; charset=utf-8"],
])("%s is served as %s", (name, mimeType) => {
  expect(findRendererFile(`app://fitment/${name}`, FOLDER)).toEqual({
    file: path.join(FOLDER, name),
    mimeType,
  });
});

test.each([
  ["a query and a fragment are no part of the name", "index.html?a=../b#c", "index.html"],
  ["an escape is decoded once", "two%20words.html", "two words.html"],
  ["and only once", "%252e%252e%252fsecret.txt", "%2e%2e%2fsecret.txt"],
  ["steps back inside the folder are fine", "assets/../index.html", "index.html"],
  ["plain steps out are dropped by the address itself", "../../../secret.txt", "secret.txt"],
])("%s", (_name, address, file) => {
  expect(findRendererFile(`app://fitment/${address}`, FOLDER)?.file).toBe(path.join(FOLDER, file));
});

test.each([
  ["escaped steps out", "app://fitment/..%2f..%2fsecret.txt"],
  ["escaped dots and slashes", "app://fitment/%2e%2e%2fsecret.json"],
  ["steps out below a folder", "app://fitment/assets/..%2f..%2f..%2fsecret.js"],
  ["a folder that begins alike", "app://fitment/..%2frenderer-old%2findex.html"],
  ["the folder itself", "app://fitment/"],
  ["a zero byte", "app://fitment/index.html%00.png"],
  ["a broken escape", "app://fitment/%E0%A4%A.html"],
  ["no address", "index.html"],
  ["nothing", ""],
  ["a kind a page has no use of", "app://fitment/tool.exe"],
  ["a name without a kind", "app://fitment/passwd"],
  ["a hidden file", "app://fitment/.env"],
  ["a stream of a file on Windows", "app://fitment/index.html::$DATA"],
  ["an object's own property as a kind", "app://fitment/x.constructor"],
])("%s: not served", (_name, address) => {
  expect(findRendererFile(address, FOLDER)).toBeNull();
});
