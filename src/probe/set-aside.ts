/**
 * Display chips of servers' management controllers, and adapters that a hypervisor, a remote session or a program
 * makes up: they draw a picture and run no model. By PCI vendor or device, from the public PCI id list.
 */
const PCI_IDS: readonly (readonly [RegExp, string])[] = [
  [/^1a03:/, "the display chip of a server's management controller"],
  [/^102b:(05(2|3|5)|0(51|52|53)|2537)/, "the display chip of a server's management controller"],
  [/^102b:/, "a display chip (Matrox)"],
  [/^(1002:(515e|5159|5969|4752|474d))$/, "the display chip of a server's management controller"],
  [/^(19e5:1711|126f:|18ca:|1de5:)/, "the display chip of a server's management controller"],
  [/^(1af4:|1b36:|1234:|1013:00b8|1d0f:|1ab8:)/, "a virtual machine's adapter"],
  [/^(15ad:|80ee:)/, "a virtual machine's adapter"],
  [/^1414:/, "a virtual adapter of Windows"],
  [/^1013:/, "a display chip (Cirrus)"],
];

/** The same by name, where a tool gives nothing else. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [
    /\b(aspeed|g200\w*|matrox|hibmc|ES1000|ilo\b|idrac)/i,
    "the display chip of a server's management controller",
  ],
  [
    /\b(virtio|qxl|bochs|vmware|svga ?ii|virtualbox|parallels|cirrus|gd 5446|red hat)/i,
    "a virtual machine's adapter",
  ],
  [
    /\b(llvmpipe|lavapipe|swiftshader|softpipe|software rasterizer|pocl|pthread-)/i,
    "the processor in a GPU's clothes",
  ],
  [/\b(hyper-v|basic render|basic display|remote display|indirect display)/i, "a virtual adapter of Windows"],
  [/\bmicrosoft corporation\b/i, "a virtual adapter of Windows"],
  [
    /\b(virtual (display|desktop|monitor|adapter)|virtual.*adapter|parsec|sudomaker|superdisplay|gameviewer|idd\b|iddsample|meta virtual|usb mobile monitor|displaylink|mirage driver|rdpdd|teamviewer|anydesk|spacedesk|citrix|todesk|oray)/i,
    "a virtual adapter of a program",
  ],
];

/** Why a PCI device (`vendor:device`) is no accelerator; null where nothing speaks against it. */
export function setAsidePciDevice(id: string): string | null {
  return PCI_IDS.find(([pattern]) => pattern.test(id))?.[1] ?? null;
}

/** Why an adapter of this name is no accelerator; null where nothing speaks against it. */
export function setAsideName(name: string): string | null {
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** The sentence for the report. */
export function setAsideNote(name: string, reason: string): string {
  return `Set aside: ${name} is ${reason}, not an accelerator.`;
}
