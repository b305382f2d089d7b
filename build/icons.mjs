import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { failure, runScript } from "./failure.mjs";
import { PROJECT_FOLDER } from "./project.mjs";
import { runCommand } from "./run-command.mjs";

const DRAWINGS = path.join(PROJECT_FOLDER, "resources");
const ICONS = path.join(PROJECT_FOLDER, "build", "icons");

/** The hicolor theme's sizes, which Linux desktops look for. */
const LINUX_SIZES_PX = [16, 24, 32, 48, 64, 128, 256, 512];
const ICO_SIZES_PX = [16, 24, 32, 48, 64, 128, 256];

/** ICNS entries that hold a PNG, by their four letters (Apple's Icon Services; `@2x` kinds share a size). */
const ICNS_KINDS = /** @type {const} */ ([
  ["icp4", 16],
  ["icp5", 32],
  ["ic11", 32],
  ["ic12", 64],
  ["ic07", 128],
  ["ic13", 256],
  ["ic08", 256],
  ["ic14", 512],
  ["ic09", 512],
  ["ic10", 1024],
]);

/** `npm run icons`: renders our drawings to every size and container that a system asks for. */
await runScript(async () => {
  await mkdir(ICONS, { recursive: true });
  for (const { drawing, name } of [
    { drawing: "icon.svg", name: "icon" },
    { drawing: "document.svg", name: "document" },
  ]) {
    const render = await renderer(path.join(DRAWINGS, drawing));
    if (name === "icon") {
      for (const size of LINUX_SIZES_PX) {
        await writeFile(path.join(ICONS, `${size}x${size}.png`), await render(size));
      }
      await writeFile(path.join(DRAWINGS, "icon.png"), await render(512));
    }
    await writeFile(path.join(ICONS, `${name}.ico`), await icoOf(render));
    await writeFile(path.join(ICONS, `${name}.icns`), await icnsOf(render));
  }
  return 0;
});

/** @typedef {(sizePx: number) => Promise<Buffer>} Render */

/** @param {string} drawing @returns {Promise<Render>} */
async function renderer(drawing) {
  return async (sizePx) => {
    const folder = await mkdtemp(path.join(tmpdir(), "fitment-icon-"));
    const file = path.join(folder, "icon.png");
    const size = String(sizePx);
    const { code, stderr } = await runCommand("rsvg-convert", ["-w", size, "-h", size, "-o", file, drawing]);
    if (code !== 0) {
      throw failure(
        `${path.basename(drawing)} could not be rendered: ${stderr.trim()}`,
        "Install librsvg's rsvg-convert (Debian: librsvg2-bin).",
      );
    }
    const png = await readFile(file);
    await rm(folder, { recursive: true });
    return png;
  };
}

/**
 * A directory of PNG pictures (Windows reads those since Vista): 6 bytes of head, 16 an entry, then the pictures.
 *
 * @param {Render} render
 */
async function icoOf(render) {
  const pictures = await Promise.all(ICO_SIZES_PX.map(render));
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach((png, index) => {
    const entry = 6 + 16 * index;
    const size = ICO_SIZES_PX[index] ?? 0;
    head.writeUInt8(size % 256, entry); // 256 is written as 0
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures]);
}

/** "icns", the length of all, then kind, length and PNG of each. @param {Render} render */
async function icnsOf(render) {
  const entries = await Promise.all(
    ICNS_KINDS.map(async ([kind, size]) => withLength(kind, await render(size))),
  );
  return withLength("icns", Buffer.concat(entries));
}

/** @param {string} kind @param {Buffer} content */
function withLength(kind, content) {
  const head = Buffer.alloc(8);
  head.write(kind, "latin1");
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
